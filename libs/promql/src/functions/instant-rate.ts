import { divideHistogram, isHistogramReset, type Histogram } from '#metrics';
import { minus, type Told } from './combine-histograms.js';
import type { Notes, RangeFunction, RangeWindow } from './function-kinds.js';
import { histogramIsNoCounter, histogramIsNoGauge, mixedFloatsAndHistograms } from './note-texts.js';
import { asGauge } from './rate-of-histograms.js';
import { startsAnew } from './start-timestamps.js';
import { sampleAt } from './window-samples.js';

/** irate() and idelta(): of the last two samples of a window alone. */
export const INSTANT_RATE_FUNCTIONS = {
  irate: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => instantRate(window, notes) },
  idelta: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => lastChange(window, false, notes) },
} as const satisfies Record<string, RangeFunction>;

function instantRate(window: RangeWindow, notes: Notes): number | Histogram | null {
  const { run: { timesMs }, end } = window;
  const change = lastChange(window, true, notes);
  if (change === null) return null;
  const intervalSec = (timesMs[end - 1]! - timesMs[end - 2]!) / 1000;
  return typeof change === 'number' ? change / intervalSec : divideHistogram(change, intervalSec);
}

function lastChange(window: RangeWindow, isCounter: boolean, notes: Notes): number | Histogram | null {
  const { run, first, end, metricName } = window;
  if (end - first < 2) return null;
  const earlier = sampleAt(run, end - 2);
  const later = sampleAt(run, end - 1);
  const restarted = isCounter && startsAnew(run, end - 1);
  if (typeof earlier === 'number' && typeof later === 'number') return restarted || (isCounter && later < earlier) ? later : later - earlier;
  if (typeof earlier !== 'number' && typeof later !== 'number') return changeOfHistogram([earlier, later], { isCounter, restarted }, { notes, metricName });
  notes.warn(mixedFloatsAndHistograms(metricName));
  return null;
}

function changeOfHistogram(pair: readonly [Histogram, Histogram], { isCounter, restarted }: { readonly isCounter: boolean; readonly restarted: boolean }, told: Told): Histogram | null {
  const [earlier, later] = pair;
  const { notes, metricName } = told;
  if (isCounter && pair.some(({ resetHint }) => resetHint === 'gauge')) notes.warn(histogramIsNoCounter(metricName));
  if (!isCounter && pair.some(({ resetHint }) => resetHint !== 'gauge')) notes.warn(histogramIsNoGauge(metricName));
  const change = restarted || (isCounter && isHistogramReset(later, earlier)) ? later : minus(later, earlier, told);
  return change && asGauge(change);
}
