const SECOND_MS = 1_000;

export interface EvaluationTimes {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
  /** How far any sample is from any of the moments, and from any moment that lies whole seconds away from one. */
  readonly clearMs: number;
}

/**
 * Moments at which windows of whole seconds begin and end between samples, never on one: whether a window includes its left end (up to Prometheus 2) or not (since 3) makes no
 * difference there.
 */
export function evaluationTimes(sampleTimesMs: readonly number[], fromMs: number, toMs: number, stepMs: number): EvaluationTimes {
  const { phaseMs, clearMs } = widestGap(sampleTimesMs.map((timeMs) => timeMs % SECOND_MS));
  const startMs = Math.ceil((fromMs - phaseMs) / SECOND_MS) * SECOND_MS + phaseMs;
  return { startMs, endMs: startMs + Math.floor((toMs - startMs) / stepMs) * stepMs, stepMs, clearMs };
}

/** The middle of the longest part of a second in which no sample falls. */
function widestGap(phases: readonly number[]): { readonly phaseMs: number; readonly clearMs: number } {
  const sorted = [...new Set(phases)].sort((one, other) => one - other);
  const gaps = sorted.map((phase, i) => ({ phase, length: (sorted[i + 1] ?? sorted[0]! + SECOND_MS) - phase }));
  const { phase, length } = gaps.reduce((widest, gap) => (gap.length > widest.length ? gap : widest), { phase: 0, length: 0 });
  return { phaseMs: Math.floor(phase + length / 2) % SECOND_MS, clearMs: Math.floor(length / 2) };
}

/** How much longer than whole seconds a window must be, from 1 to 1000 ms, that ends at a whole second and begins as clear of samples as the moments of evaluation are. */
export function clearOfWholeSeconds({ startMs }: EvaluationTimes): number {
  return SECOND_MS - (startMs % SECOND_MS);
}
