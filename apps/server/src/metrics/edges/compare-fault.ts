import { compareEdges, type EdgeSecondRecord, type PhaseWindows, type SketchOps } from '#analysis';
import { OUTCOMES, edgeKeyText, type ComparisonView } from '#contracts';
import { LatencySketch, type UpstreamEdge } from '#traffic';
import type { SeriesReader } from '#metrics';
import { readEdgeSeconds, type EdgeSpan } from './edge-seconds.js';

/** A fault as a comparison needs it. */
export interface ComparedFault {
  readonly faultId: string;
  /** When the agent confirmed that it acts; null while it has not. */
  readonly appliedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly windows: PhaseWindows;
  /** Its edge first, then those that can feel it. */
  readonly upstream: readonly UpstreamEdge[];
}

const MS_A_SEC = 1_000;

/** Before, during and after a fault, on its edge and everything upstream of it, out of recorded seconds. */
export async function compareFault(source: SeriesReader, fault: ComparedFault, signal: AbortSignal): Promise<ComparisonView> {
  const { faultId, windows, upstream } = fault;
  const recorded = await readEdgeSeconds(source, upstream.map(({ edge }) => edge), spanOf(fault), signal);
  const edges = upstream.map(({ edge, distance }) => ({ edge, distance, seconds: recorded.get(edgeKeyText(edge)) ?? [] }));
  return { faultId, windows, bite: biteOf(fault, edges[0]?.seconds ?? []), edges: compareEdges({ windows, edges, sketches: SKETCH_OPS }) };
}

/** All windows, and the seconds in which the fault began and ended: they belong to no window, and still to its bite. Empty before it was applied. */
function spanOf({ appliedAtMs, endedAtMs, windows: { before, during, after } }: ComparedFault): EdgeSpan {
  if (before === null || appliedAtMs === null) return { fromSec: 0, toSec: 0 };
  const lastSec = secondOf(endedAtMs ?? appliedAtMs);
  return { fromSec: before.fromSec, toSec: Math.max(lastSec + 1, during?.toSec ?? 0, after?.toSec ?? 0) };
}

/** Of whole seconds while it acted. Those of its begin and end hold other requests too, and are asked only when the ones between show no hit. */
function biteOf({ appliedAtMs, endedAtMs }: ComparedFault, seconds: readonly EdgeSecondRecord[]): ComparisonView['bite'] {
  if (appliedAtMs === null) return { faulted: 0, requests: 0 };
  const firstSec = secondOf(appliedAtMs);
  const lastSec = endedAtMs === null ? Number.POSITIVE_INFINITY : secondOf(endedAtMs);
  const whole = countHits(seconds.filter(({ sec }) => sec > firstSec && sec < lastSec));
  return whole.faulted > 0 ? whole : countHits(seconds.filter(({ sec }) => sec >= firstSec && sec <= lastSec));
}

function countHits(seconds: readonly EdgeSecondRecord[]): ComparisonView['bite'] {
  const requests = seconds.reduce((sum, { outcomes }) => sum + OUTCOMES.reduce((all, outcome) => all + outcomes[outcome], 0), 0);
  return { faulted: seconds.reduce((sum, { faulted }) => sum + faulted, 0), requests };
}

function secondOf(timeMs: number): number {
  return Math.floor(timeMs / MS_A_SEC);
}

/** The sketches of #traffic as #analysis asks for them. */
const SKETCH_OPS: SketchOps = {
  merge(sketches) {
    const union = new LatencySketch();
    for (const sketch of sketches) union.merge(sketch);
    return { p50: union.quantile(0.5), p95: union.quantile(0.95), p99: union.quantile(0.99), count: union.count };
  },
};
