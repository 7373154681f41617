import type { FaultView } from './faults/fault-record.js';
import type { UnleasedFaultView } from './faults/toxic.js';
import type { NODE_KINDS, Protocol } from './topology.js';

/**
 * What the server streams to a picture, as values; `encodeFrame` and `decodeFrame` give them bytes (docs/formats/live-stream.md).
 *
 * A stream begins with `dictionary`, `topology`, `keyframe` and goes on with one `delta` a tick. `epoch` is new at every start of the server and
 * ids are never reused within it. `seq` counts ticks; a client whose `seq` is not a delta's `baseSeq` asks for a new start: diff or reset, never guess.
 * Counters are cumulative since the start of the epoch, so a skipped tick loses no request.
 */
export type LiveFrame = DictionaryFrame | TopologyFrame | KeyframeFrame | DeltaFrame | EventFrame | ResetFrame;

interface FrameHeader {
  readonly epoch: number;
  readonly seq: number;
  /** Server clock, unix milliseconds. */
  readonly serverTimeMs: number;
}

/** Appends strings: the first gets the index `firstIndex`. Everything named elsewhere is an index into this list. */
export interface DictionaryFrame extends FrameHeader {
  readonly type: 'dictionary';
  readonly firstIndex: number;
  readonly strings: readonly string[];
}

export interface LiveRegion {
  readonly name: number;
  readonly city: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}
export interface LiveNode {
  readonly id: number;
  readonly name: number;
  readonly kind: (typeof NODE_KINDS)[number];
  /** Index into `regions` of the same frame. */
  readonly region: number;
}
export interface LiveEdge {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly protocol: Protocol;
}
/** The whole graph; sent again when it changes. */
export interface TopologyFrame extends FrameHeader {
  readonly type: 'topology';
  readonly regions: readonly LiveRegion[];
  readonly nodes: readonly LiveNode[];
  readonly edges: readonly LiveEdge[];
}

/** One edge at one tick. Counters are cumulative; quantiles are of the last full second, null without a request in it. */
export interface LiveEdgeState {
  readonly id: number;
  readonly ok: number;
  readonly clientError: number;
  readonly serverError: number;
  readonly noResponse: number;
  readonly faulted: number;
  readonly bytes: number;
  readonly connections: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** The agent that carries the edge is away, so the numbers stand still without meaning that traffic does. */
  readonly stale: boolean;
}

export interface KeyframeFrame extends FrameHeader {
  readonly type: 'keyframe';
  /** The second, unix time, up to which the counters reach. */
  readonly throughSec: number;
  readonly edges: readonly LiveEdgeState[];
}
/** Edges that changed since `baseSeq`, each as its new state; on the wire only the changed fields, counters as increments. */
export interface DeltaFrame extends FrameHeader {
  readonly type: 'delta';
  readonly baseSeq: number;
  readonly throughSec: number;
  readonly edges: readonly LiveEdgeState[];
}

export type LiveEvent =
  | { readonly kind: 'fault'; readonly fault: FaultView }
  /** All faults that may act now; sent with every keyframe, so a picture never keeps one that is gone. */
  | { readonly kind: 'faults'; readonly faults: readonly FaultView[] }
  /** All faults without a lease, of all agents; sent with every keyframe and after each change. */
  | { readonly kind: 'unleased'; readonly faults: readonly UnleasedFaultView[] }
  | { readonly kind: 'halt'; readonly halt: HaltView | null }
  | { readonly kind: 'agent'; readonly agent: string; readonly connected: boolean };
export interface EventFrame extends FrameHeader {
  readonly type: 'event';
  readonly event: LiveEvent;
}

/** Drop everything; a new start follows. */
export interface ResetFrame extends FrameHeader {
  readonly type: 'reset';
  readonly reason: 'behind' | 'topology-replaced' | 'server-restarted';
}

/** A halt that is in force; null elsewhere means none is. */
export interface HaltView {
  readonly id: string;
  readonly by: string;
  readonly since: string;
  readonly reason: string;
}

/** socket.io event map at `/live`. `frame` carries one encoded frame a message. */
export interface LiveServerEvents {
  frame: (bytes: Uint8Array) => void;
}
export interface LiveClientEvents {
  /** Joins a view; the answer is a start: dictionary, topology, keyframe, faults, halt. */
  subscribe: (view: LiveView, ack: (answer: { ok: true } | { ok: false; code: string; message: string }) => void) => void;
  /** Asks for a new start after a gap. */
  resync: () => void;
}
export const LIVE_PATH = '/live';
export type LiveView = { readonly kind: 'world' };
