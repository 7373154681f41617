import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_SAMPLES, SAMPLE_KIND } from '#metrics';
import { firstStepAt, SampleCursor, withoutStaleMarkers } from './sample-search.js';

describe('SampleCursor', () => {
  it('counts the samples at or before each of ascending times (500 runs)', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.array(fc.integer({ min: -5, max: 205 }), { maxLength: 30 }), (sampleTimes, asked) => {
        const cursor = new SampleCursor(Float64Array.from(sampleTimes).sort());
        for (const timeMs of asked.sort((a, b) => a - b)) expect(cursor.countUntil(timeMs)).toBe(sampleTimes.filter((time) => time <= timeMs).length);
      }),
      { numRuns: 500 },
    );
  });

  it('counts evenly spaced samples for evenly spaced times', () => {
    const cursor = new SampleCursor(Float64Array.from({ length: 100 }, (_, i) => i * 15));
    for (let timeMs = 0; timeMs <= 2000; timeMs += 60) expect(cursor.countUntil(timeMs)).toBe(Math.min(100, Math.floor(timeMs / 15) + 1));
  });
});

describe('firstStepAt', () => {
  it('is the first step whose moment is not before the time', () => {
    expect(firstStepAt({ startMs: 100, stepMs: 10 }, 95)).toBe(0);
    expect(firstStepAt({ startMs: 100, stepMs: 10 }, 101)).toBe(1);
    expect(firstStepAt({ startMs: 100, stepMs: 10 }, 110)).toBe(1);
  });

  it('never comes when an @ pins the moment before the time', () => {
    expect(firstStepAt({ startMs: 100, stepMs: 0 }, 101)).toBe(Infinity);
  });
});

describe('withoutStaleMarkers', () => {
  it('leaves a run without markers as it is', () => {
    expect(withoutStaleMarkers(NO_SAMPLES)).toBe(NO_SAMPLES);
  });

  it('takes the markers out of every column', () => {
    const kinds = Uint8Array.of(SAMPLE_KIND.float, SAMPLE_KIND.stale, SAMPLE_KIND.float);
    const run = { timesMs: Float64Array.of(1, 2, 3), values: Float64Array.of(10, NaN, 30), kinds, histograms: null, startsMs: Float64Array.of(0, 0, 2) };
    expect(withoutStaleMarkers(run)).toEqual({ timesMs: Float64Array.of(1, 3), values: Float64Array.of(10, 30), kinds: null, histograms: null, startsMs: Float64Array.of(0, 2) });
  });
});
