import type { OutcomeCounts } from '#contracts';
import type { EdgeSecondRecord, SketchOps } from '#analysis';
import { LatencySketch, decodeSketch } from '#traffic';

/** What one start of an agent recorded of an edge in one second. */
export interface PartialSecond {
  readonly sec: number;
  readonly outcomes: OutcomeCounts;
  readonly faulted: number;
  /** An encoded latency sketch. */
  readonly latency: Uint8Array;
}

/** One record a second of one edge, over all agents that carry it. */
export function mergeSeconds(parts: readonly PartialSecond[]): EdgeSecondRecord[] {
  const bySec = new Map<number, EdgeSecondRecord>();
  for (const { sec, outcomes, faulted, latency } of parts) {
    const part = { sec, outcomes, faulted, latency: decodeSketch(latency) };
    const before = bySec.get(sec);
    bySec.set(sec, before === undefined ? part : add(before, part));
  }
  return [...bySec.values()];
}

function add(a: EdgeSecondRecord, b: EdgeSecondRecord): EdgeSecondRecord {
  const latency = LatencySketch.from(a.latency);
  latency.merge(b.latency);
  const outcomes = {
    ok: a.outcomes.ok + b.outcomes.ok,
    clientError: a.outcomes.clientError + b.outcomes.clientError,
    serverError: a.outcomes.serverError + b.outcomes.serverError,
    noResponse: a.outcomes.noResponse + b.outcomes.noResponse,
  };
  return { sec: a.sec, outcomes, faulted: a.faulted + b.faulted, latency: latency.toData() };
}

/** The sketches of #traffic as #analysis asks for them. */
export const SKETCH_OPS: SketchOps = {
  merge(sketches) {
    const union = new LatencySketch();
    for (const sketch of sketches) union.merge(sketch);
    return { p50: union.quantile(0.5), p95: union.quantile(0.95), p99: union.quantile(0.99), count: union.count };
  },
};
