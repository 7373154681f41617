import type { EdgeKey, FaultView, HaltView, LiveNode, Region, UnleasedFaultView } from '#contracts';

/** What the picture and the panels show: one frozen value a tick. Pure: no React, no three, no socket. */
export interface World {
  /** Nothing yet | counting | no frame for more than three ticks | the socket is down | the session is over. */
  readonly status: 'connecting' | 'live' | 'stale' | 'disconnected' | 'signed-out';
  readonly epoch: number;
  /** Counts topology changes; equal versions mean the same nodes and edges. */
  readonly topologyVersion: number;
  /** Unix second up to which the numbers reach. */
  readonly throughSec: number;
  readonly serverTimeMs: number;
  readonly regions: readonly Region[];
  readonly nodes: ReadonlyMap<number, WorldNode>;
  readonly edges: ReadonlyMap<number, WorldEdge>;
  /** Faults that may be acting now. */
  readonly faults: readonly FaultView[];
  /** Faults that ended while this page was open, newest first, at most 20. */
  readonly endedFaults: readonly FaultView[];
  /** Toxics and disabled proxies: no lease ends them, they hold until removed. */
  readonly unleased: readonly UnleasedFaultView[];
  readonly halt: HaltView | null;
}

export interface WorldNode {
  readonly id: number;
  readonly name: string;
  readonly kind: LiveNode['kind'];
  /** Index into `World.regions`. */
  readonly region: number;
}

export interface WorldEdge {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly key: EdgeKey;
  readonly stale: boolean;
  /** Requests since the start of the epoch, for counting. */
  readonly totalRequests: number;
  readonly now: EdgeRate;
  /** One entry a second, oldest first, at most 300. */
  readonly history: readonly EdgeRate[];
}

/** One second of an edge. */
export interface EdgeRate {
  readonly sec: number;
  readonly requestsPerSec: number;
  /** serverError and noResponse. */
  readonly failuresPerSec: number;
  readonly clientErrorsPerSec: number;
  readonly faultedPerSec: number;
  readonly bytesPerSec: number;
  readonly connections: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export type Health = 'healthy' | 'degraded' | 'failing' | 'idle';

/** Where a reader of worlds gets them: `get` is the latest, `subscribe` is told after every change. */
export interface WorldSource {
  get(): World;
  subscribe(listener: () => void): () => void;
}

export type Selection = { readonly kind: 'edge'; readonly id: number } | { readonly kind: 'node'; readonly id: number };
