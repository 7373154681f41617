// 64 steps an octave: half a step is 2^(1/128) - 1 = 0.54 %, far below what a picture shows or the sketch behind it knows.
const STEPS_PER_OCTAVE = 64;
const SMALLEST_MS = 0.001;
export const MAX_LATENCY_CODE = 0xffff;

/** A latency as a u16: 0 for none, else 1 + 64 * log2(ms / 0.001) rounded. Times below a microsecond become one. */
export function latencyCode(ms: number | null): number {
  if (ms === null) return 0;
  if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`A latency must be a finite number of milliseconds from 0 on, not ${ms}.`);
  if (ms <= SMALLEST_MS) return 1;
  return Math.min(MAX_LATENCY_CODE, 1 + Math.round(STEPS_PER_OCTAVE * Math.log2(ms / SMALLEST_MS)));
}

/** The inverse, within 0.6 %; `latencyCode(latencyOfCode(c))` is `c` for every code. */
export function latencyOfCode(code: number): number | null {
  return code === 0 ? null : SMALLEST_MS * 2 ** ((code - 1) / STEPS_PER_OCTAVE);
}
