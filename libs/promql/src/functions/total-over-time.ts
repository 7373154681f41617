import { averageHistograms, sumHistograms, type Histogram, type TotalOfHistograms } from '#metrics';
import type { Notes, RangeFunction, RangeWindow } from './function-kinds.js';
import { meanOf, sumOf } from './kahan-sum.js';
import { collidingResets, mixedBucketSchemas, mixedFloatsAndHistograms, reconciledBounds } from './note-texts.js';
import { sameBucketKind } from './rate-of-histograms.js';
import { contentOf, histogramsOf } from './window-samples.js';

export const TOTAL_FUNCTIONS = {
  sum_over_time: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => totalOf(window, sumOf, sumHistograms, notes) },
  avg_over_time: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => totalOf(window, meanOf, averageHistograms, notes) },
} as const satisfies Record<string, RangeFunction>;

function totalOf(window: RangeWindow, ofFloats: typeof sumOf, ofHistograms: typeof sumHistograms, notes: Notes): number | Histogram | null {
  switch (contentOf(window)) {
    case 'floats':
      return ofFloats(window.run.values, window.first, window.end);
    case 'histograms':
      return totalOfHistograms(window, ofHistograms, notes);
    case 'mixed':
      notes.warn(mixedFloatsAndHistograms(window.metricName));
      return null;
  }
}

function totalOfHistograms(window: RangeWindow, ofHistograms: (histograms: readonly Histogram[]) => TotalOfHistograms, notes: Notes): Histogram | null {
  const histograms = histogramsOf(window);
  if (!sameBucketKind(histograms)) {
    notes.warn(mixedBucketSchemas(window.metricName));
    return null;
  }
  const { histogram, boundsReconciled } = ofHistograms(histograms);
  const hints = new Set(histograms.map(({ resetHint }) => resetHint));
  if (hints.has('reset') && hints.has('not-reset')) notes.warn(collidingResets('aggregation'));
  if (boundsReconciled) notes.info(reconciledBounds('aggregation'));
  return histogram;
}
