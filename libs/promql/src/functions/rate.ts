import { divideHistogram, type Histogram } from '#metrics';
import type { Told } from './combine-histograms.js';
import { extendedHistogramChange } from './extended-rate-of-histograms.js';
import { extendedChange } from './extended-rate-of-floats.js';
import type { Notes, RangeFunction, RangeWindow } from './function-kinds.js';
import { mixedFloatsAndHistograms } from './note-texts.js';
import { counterIncrease, gaugeDelta } from './rate-of-floats.js';
import { counterHistogramIncrease, gaugeHistogramDelta } from './rate-of-histograms.js';
import { contentOf } from './window-samples.js';

/** By how much a series changes over a window, its bounds included: rate() a second, increase() in all, delta() for what may also fall. */
export const RATE_FUNCTIONS = {
  rate: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => perSecond(changeOver(window, true, notes), window) },
  increase: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => changeOver(window, true, notes) },
  delta: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => changeOver(window, false, notes) },
} as const satisfies Record<string, RangeFunction>;

function changeOver(window: RangeWindow, isCounter: boolean, notes: Notes): number | Histogram | null {
  switch (contentOf(window)) {
    case 'floats':
      return changeOfFloats(window, isCounter, notes);
    case 'histograms':
      return changeOfHistograms(window, isCounter, { notes, metricName: window.metricName });
    case 'mixed':
      notes.warn(mixedFloatsAndHistograms(window.metricName));
      return null;
  }
}

function changeOfFloats(window: RangeWindow, isCounter: boolean, notes: Notes): number | null {
  if (window.extension !== 'none') return extendedChange(window, isCounter);
  return isCounter ? counterIncrease(window, notes) : gaugeDelta(window);
}

function changeOfHistograms(window: RangeWindow, isCounter: boolean, told: Told): Histogram | null {
  if (window.extension !== 'none') return extendedHistogramChange(window, isCounter, told);
  return isCounter ? counterHistogramIncrease(window, told) : gaugeHistogramDelta(window, told);
}

function perSecond(change: number | Histogram | null, { startMs, endMs }: RangeWindow): number | Histogram | null {
  const rangeSec = (endMs - startMs) / 1000;
  if (change === null) return null;
  return typeof change === 'number' ? change / rangeSec : divideHistogram(change, rangeSec);
}
