import { isHistogramReset, type Histogram } from '#metrics';
import { between, minus, plus, type Told } from './combine-histograms.js';
import { isInterpolatedAtEnd, isInterpolatedAtStart, isReached } from './extended-window.js';
import type { RangeWindow } from './function-kinds.js';
import { histogramIsNoCounter, histogramIsNoGauge, mixedBucketSchemas } from './note-texts.js';
import { asGauge, sameBucketKind } from './rate-of-histograms.js';
import { histogramsOf } from './window-samples.js';

/** As `extendedChange` of floats. Null also when buckets of both kinds would have to be combined; that is told. */
export function extendedHistogramChange(window: RangeWindow, isCounter: boolean, told: Told): Histogram | null {
  if (!isReached(window)) return null;
  const histograms = histogramsOf(window);
  if (!sameBucketKind(histograms)) {
    told.notes.warn(mixedBucketSchemas(told.metricName));
    return null;
  }
  const extended: Extended = { window, histograms, isCounter, told };
  const left = histogramAtStart(extended);
  const right = histogramAtEnd(extended);
  if (left === null || right === null) return null;
  noteMisuse(extended, left, right);
  let change = minus(right, left, told);
  if (isCounter) for (const lost of lostInResets(extended, left, right)) change = change && plus(change, lost, told);
  return change && asGauge(change);
}

interface Extended {
  readonly window: RangeWindow;
  readonly histograms: readonly Histogram[];
  readonly isCounter: boolean;
  readonly told: Told;
}

function histogramAtStart(extended: Extended): Histogram | null {
  return isInterpolatedAtStart(extended.window) ? interpolated(extended, 0, extended.window.startMs) : extended.histograms[0]!;
}

function histogramAtEnd(extended: Extended): Histogram | null {
  const { window, histograms } = extended;
  return isInterpolatedAtEnd(window) ? interpolated(extended, histograms.length - 2, window.endMs) : histograms.at(-1)!;
}

function interpolated({ window: { run, first }, histograms, isCounter, told }: Extended, i: number, timeMs: number): Histogram | null {
  const earlierMs = run.timesMs[first + i]!;
  const fraction = (timeMs - earlierMs) / (run.timesMs[first + i + 1]! - earlierMs);
  return between(histograms[i]!, histograms[i + 1]!, fraction, { isCounter, told });
}

/** Any of the samples may say that this is no counter, but only what is subtracted that it is no gauge. */
function noteMisuse({ histograms, isCounter, told: { notes, metricName } }: Extended, left: Histogram, right: Histogram): void {
  if (isCounter && histograms.some(({ resetHint }) => resetHint === 'gauge')) notes.warn(histogramIsNoCounter(metricName));
  if (!isCounter && (left.resetHint !== 'gauge' || right.resetHint !== 'gauge')) notes.warn(histogramIsNoGauge(metricName));
}

/**
 * What the counter had reached at each reset within the window. A reset that `left` was interpolated across is in it already. The last histogram is
 * looked at as `right` alone, which carries its hint: the hint would be taken for a second reset otherwise.
 */
function lostInResets(extended: Extended, left: Histogram, right: Histogram): readonly Histogram[] {
  const { window, histograms } = extended;
  const [first, second] = histograms;
  const startsAcrossReset = isInterpolatedAtStart(window) && isHistogramReset(second!, first!);
  const from = startsAcrossReset ? 2 : 1;
  if (from > histograms.length - 1) return [];
  const inner = [startsAcrossReset ? second! : left, ...histograms.slice(from, -1), right];
  return inner.filter((earlier, i) => i + 1 < inner.length && isHistogramReset(inner[i + 1]!, earlier));
}
