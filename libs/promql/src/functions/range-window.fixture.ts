import { SAMPLE_KIND, type Histogram } from '#metrics';
import type { Extension } from '../ast.js';
import type { RangeFunction, RangeWindow } from './function-kinds.js';

export type TimedSample = readonly [timeSec: number, value: number | Histogram];

export interface WindowBounds {
  readonly startSec: number;
  readonly endSec: number;
  /** The moment of the step, where it is not the end. */
  readonly timeSec?: number;
  readonly extension?: Extension;
  /** Of each sample; 0 where unknown. */
  readonly startsSec?: readonly number[];
}

/** All the samples, as a window of a series named `m`. */
export function windowOf(samples: readonly TimedSample[], { startSec, endSec, timeSec = endSec, extension = 'none', startsSec }: WindowBounds): RangeWindow {
  const hasHistograms = samples.some(([, value]) => typeof value !== 'number');
  const run = {
    timesMs: Float64Array.from(samples, ([atSec]) => atSec * 1000),
    values: Float64Array.from(samples, ([, value]) => (typeof value === 'number' ? value : NaN)),
    kinds: hasHistograms ? Uint8Array.from(samples, ([, value]) => (typeof value === 'number' ? SAMPLE_KIND.float : SAMPLE_KIND.histogram)) : null,
    histograms: hasHistograms ? samples.map(([, value]) => (typeof value === 'number' ? null : value)) : null,
    startsMs: startsSec === undefined ? null : Float64Array.from(startsSec, (sec) => sec * 1000),
  };
  return { run, first: 0, end: samples.length, startMs: startSec * 1000, endMs: endSec * 1000, timeMs: timeSec * 1000, extension, metricName: 'm' };
}

/** Floats one after the other, the first at `fromSec`. */
export function every(stepSec: number, values: readonly number[], fromSec = 0): readonly TimedSample[] {
  return values.map((value, i) => [fromSec + i * stepSec, value] as const);
}

export interface Applied {
  readonly value: number | Histogram | null;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

export function applied({ evaluate }: RangeFunction, window: RangeWindow, ...args: readonly number[]): Applied {
  const warnings: string[] = [];
  const infos: string[] = [];
  return { value: evaluate(window, args, { warn: (text) => void warnings.push(text), info: (text) => void infos.push(text) }), warnings, infos };
}

/** With exponential buckets of schema 0, the first of them 1, one count in each. */
export function histogramOf(counts: readonly number[], changed: Partial<Histogram> = {}): Histogram {
  const count = counts.reduce((sum, one) => sum + one, 0);
  return {
    schema: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    count,
    sum: count * 2,
    positive: { spans: [{ offset: 1, length: counts.length }], counts },
    negative: { spans: [], counts: [] },
    customBounds: [],
    resetHint: 'unknown',
    ...changed,
  };
}
