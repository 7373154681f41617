import type { EdgeKey } from './topology.js';

export const COMPARED_METRICS = ['requestsPerSec', 'failureRatio', 'p50Ms', 'p95Ms', 'p99Ms'] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

export const PHASES = ['before', 'during', 'after'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * `NO_MATERIAL_CHANGE` is a tested statement (the interval lies inside the tolerated band); `INCONCLUSIVE` says the data allow neither answer;
 * `NO_DATA` says there is not enough of it to ask.
 */
export const VERDICTS = ['DEGRADED', 'IMPROVED', 'NO_MATERIAL_CHANGE', 'INCONCLUSIVE', 'NO_DATA'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The shift of `during` or `after` against `before`, in the metric's own unit, with its 95 % interval. */
export interface Shift {
  readonly verdict: Verdict;
  readonly shift: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Why there is no clearer answer, for INCONCLUSIVE and NO_DATA. */
  readonly why: string | null;
}
export interface MetricComparison {
  readonly metric: ComparedMetric;
  /** The value over each whole phase, from merged counts and sketches; null where nothing was recorded. */
  readonly values: Readonly<Record<Phase, number | null>>;
  readonly during: Shift;
  readonly after: Shift;
}
export interface EdgeComparison {
  readonly edge: EdgeKey;
  /** Calls between this edge and the faulted one: 0 is the faulted edge, 1 its callers, and so on upstream. */
  readonly distance: number;
  readonly metrics: readonly MetricComparison[];
  /** Per-second points for drawing, over all three phases. */
  readonly series: readonly EdgePoint[];
}
export interface EdgePoint {
  readonly sec: number;
  readonly requests: number;
  readonly failures: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}
export interface PhaseWindow {
  readonly fromSec: number;
  /** Exclusive. */
  readonly toSec: number;
  /** False while the window is still filling. */
  readonly complete: boolean;
}
export interface ComparisonView {
  readonly faultId: string;
  readonly windows: Readonly<Record<Phase, PhaseWindow | null>>;
  /** Requests on which the fault acted, out of all on its edge while it was active: the proof that it bit. */
  readonly bite: { readonly faulted: number; readonly requests: number };
  readonly edges: readonly EdgeComparison[];
}
/** Answer of an edge's recorded series. */
export interface EdgeSeriesView {
  readonly edge: EdgeKey;
  readonly stepSec: number;
  readonly points: readonly EdgePoint[];
}
