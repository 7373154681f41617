import { addHistograms, hasCustomBuckets, isHistogramReset, scaleHistogram, subtractHistograms, type CombinedHistograms, type Histogram } from '#metrics';
import type { Notes } from '../functions/function-kinds.js';
import { reconciledBounds, type HistogramOperation } from '../functions/note-texts.js';

/**
 * What lies between two histograms, at `fraction` of the way. A counter that was reset in between is taken to have started anew from nothing.
 * Null when one has custom buckets and the other exponential ones.
 */
export function interpolateHistograms(earlier: Histogram, later: Histogram, fraction: number, { isCounter, notes }: { readonly isCounter: boolean; readonly notes: Notes }): Histogram | null {
  if (hasCustomBuckets(earlier) !== hasCustomBuckets(later)) return null;
  if (isCounter && isHistogramReset(later, earlier)) return scaleHistogram(later, fraction);
  const difference = noted(subtractHistograms(later, earlier), 'subtraction', notes);
  return difference && noted(addHistograms(scaleHistogram(difference, fraction), earlier), 'addition', notes);
}

function noted(combined: CombinedHistograms | null, operation: HistogramOperation, notes: Notes): Histogram | null {
  if (combined?.boundsReconciled === true) notes.info(reconciledBounds(operation));
  return combined?.histogram ?? null;
}
