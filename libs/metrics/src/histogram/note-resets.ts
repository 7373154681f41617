import { isHistogramReset } from './detect-reset.js';
import type { Histogram } from './histogram.js';

/** The samples of a series in their order, each histogram with a hint of how it follows the one before, where it had none; null: a sample of another kind. */
export function noteResets(samples: readonly (Histogram | null)[]): (Histogram | null)[] {
  let before: Histogram | null = null;
  return samples.map((sample) => {
    if (sample === null) return null;
    const noted: Histogram = sample.resetHint !== 'unknown' || before === null ? sample : { ...sample, resetHint: isHistogramReset(sample, before) ? 'reset' : 'not-reset' };
    before = noted;
    return noted;
  });
}
