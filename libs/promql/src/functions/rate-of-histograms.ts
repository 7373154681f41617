import { compactHistogram, hasCustomBuckets, isHistogramReset, reduceResolution, scaleHistogram, type Histogram } from '#metrics';
import { minus, plus, type Told } from './combine-histograms.js';
import { extrapolationFactor } from './extrapolation.js';
import type { RangeWindow } from './function-kinds.js';
import { histogramIsNoCounter, histogramIsNoGauge, mixedBucketSchemas, overlappingStarts } from './note-texts.js';
import { hasOverlappingStarts, startsAnew, startWithin } from './start-timestamps.js';
import { histogramsOf } from './window-samples.js';

/** As `gaugeDelta` and `counterIncrease` of floats. Null also when buckets of both kinds would have to be combined; that is told. */
export function gaugeHistogramDelta(window: RangeWindow, told: Told): Histogram | null {
  const histograms = histogramsOf(window);
  if (histograms.length < 2) return null;
  const first = histograms[0]!;
  const last = histograms.at(-1)!;
  const change = minus(last, first, told);
  if (change === null) return null;
  if (first.resetHint !== 'gauge' || last.resetHint !== 'gauge') told.notes.warn(histogramIsNoGauge(told.metricName));
  return scaleHistogram(asGauge(change), extrapolationFactor(window, 0, Infinity));
}

export function counterHistogramIncrease(window: RangeWindow, told: Told): Histogram | null {
  const histograms = histogramsOf(window);
  const first = histograms[0]!;
  const startedMs = startWithin(window);
  if (histograms.length === 1) return startedMs === 0 ? null : scaleHistogram(first, extrapolationFactor(window, startedMs, Infinity));
  const change = changeOfCounter(window, histograms, told);
  if (change === null) return null;
  if (startedMs === 0) return scaleHistogram(change, extrapolationFactor(window, 0, change.count > 0 && first.count >= 0 ? first.count / change.count : Infinity));
  const whole = plus(change, first, told);
  return whole === null ? null : scaleHistogram(whole, extrapolationFactor(window, startedMs, Infinity));
}

function changeOfCounter(window: RangeWindow, histograms: readonly Histogram[], told: Told): Histogram | null {
  const { notes, metricName } = told;
  if (histograms.some(({ resetHint }) => resetHint === 'gauge')) notes.warn(histogramIsNoCounter(metricName));
  const relevant = withoutResetFirst(window, histograms);
  if (!sameBucketKind(relevant)) {
    notes.warn(mixedBucketSchemas(metricName));
    return null;
  }
  if (hasOverlappingStarts(window)) notes.warn(overlappingStarts(metricName));
  // One resolution from the start: the result has that of the coarsest, whether or not it takes part in the sum.
  const coarsest = relevant.reduce((schema, histogram) => Math.min(schema, histogram.schema), Infinity);
  let change = minus(reduceResolution(relevant.at(-1)!, coarsest), relevant[0]!, told);
  for (let i = 1; i < relevant.length && change !== null; i++) {
    if (startsAnew(window.run, window.first + i) || isHistogramReset(relevant[i]!, relevant[i - 1]!)) change = plus(change, relevant[i - 1]!, told);
  }
  return change === null ? null : asGauge(change);
}

/** A first histogram that was reset right behind it adds nothing; nor shall its layout stand in the way. */
function withoutResetFirst({ run, first }: RangeWindow, histograms: readonly Histogram[]): readonly Histogram[] {
  const [earlier, later] = histograms;
  if (!startsAnew(run, first + 1) && !isHistogramReset(later!, earlier!)) return histograms;
  const { schema, customBounds } = later!;
  const nothing: Histogram = { schema, customBounds, zeroThreshold: 0, zeroCount: 0, count: 0, sum: 0, positive: NO_BUCKETS, negative: NO_BUCKETS, resetHint: 'unknown' };
  return histograms.with(0, nothing);
}

const NO_BUCKETS = { spans: [], counts: [] };

export function sameBucketKind(histograms: readonly Histogram[]): boolean {
  const isCustom = hasCustomBuckets(histograms[0]!);
  return histograms.every((histogram) => hasCustomBuckets(histogram) === isCustom);
}

/** What comes of a subtraction may fall as well as rise. */
export function asGauge(histogram: Histogram): Histogram {
  return { ...compactHistogram(histogram), resetHint: 'gauge' };
}
