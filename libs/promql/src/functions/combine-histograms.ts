import { addHistograms, subtractHistograms, type CombinedHistograms, type Histogram } from '#metrics';
import { interpolateHistograms } from '../engine/interpolate-histograms.js';
import type { Notes } from './function-kinds.js';
import { mixedBucketSchemas, reconciledBounds, type HistogramOperation } from './note-texts.js';

/** Who is told about what did not fit, and of which metric. */
export interface Told {
  readonly notes: Notes;
  readonly metricName: string;
}

// Conflicting resets are not told: what is added and subtracted here has had its resets looked at.

/** Null, and told, when one has custom buckets and the other exponential ones. */
export function plus(one: Histogram, other: Histogram, told: Told): Histogram | null {
  return tell(addHistograms(one, other), 'addition', told);
}

/** As `plus`. */
export function minus(one: Histogram, other: Histogram, told: Told): Histogram | null {
  return tell(subtractHistograms(one, other), 'subtraction', told);
}

function tell(combined: CombinedHistograms | null, operation: HistogramOperation, { notes, metricName }: Told): Histogram | null {
  if (combined === null) notes.warn(mixedBucketSchemas(metricName));
  else if (combined.boundsReconciled) notes.info(reconciledBounds(operation));
  return combined?.histogram ?? null;
}

/** `fraction` of the way from one to the other. As `plus`. */
export function between(earlier: Histogram, later: Histogram, fraction: number, { isCounter, told }: { readonly isCounter: boolean; readonly told: Told }): Histogram | null {
  const histogram = interpolateHistograms(earlier, later, fraction, { isCounter, notes: told.notes });
  if (histogram === null) told.notes.warn(mixedBucketSchemas(told.metricName));
  return histogram;
}
