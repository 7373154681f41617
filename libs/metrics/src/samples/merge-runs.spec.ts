import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeRuns } from './merge-runs.js';
import { NO_SAMPLES, SAMPLE_KIND } from './sample-run.js';
import type { SampleRun } from './sample-run.js';
import { clipRun } from './slice-run.js';

const someRun = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }).map((times) => times.sort((one, other) => one - other));

function runOf(times: readonly number[], mark: number): SampleRun {
  return { timesMs: Float64Array.from(times), values: Float64Array.from(times, (time) => time * 10 + mark), kinds: null, histograms: null, startsMs: null };
}

it('holds every moment once, in order, as the first run that has it says', () => {
  fc.assert(
    fc.property(fc.array(someRun, { maxLength: 4 }), (all) => {
      const merged = mergeRuns(all.map(runOf));
      const moments = [...new Set(all.flat())].sort((one, other) => one - other);
      expect([...merged.timesMs]).toEqual(moments);
      expect([...merged.values]).toEqual(moments.map((time) => time * 10 + all.findIndex((times) => times.includes(time))));
    }),
    { numRuns: 500 },
  );
});

it('keeps kinds and start times that only some runs have', () => {
  const stale = { ...runOf([5], 0), kinds: Uint8Array.of(SAMPLE_KIND.stale), startsMs: Float64Array.of(3) };
  for (const other of [runOf([1, 9], 1), runOf([1, 2], 1)]) {
    const merged = mergeRuns([stale, other]);
    const at = merged.timesMs.indexOf(5);
    expect([merged.kinds![at], merged.startsMs![at], merged.kinds![0], merged.startsMs![0]]).toEqual([SAMPLE_KIND.stale, 3, SAMPLE_KIND.float, 0]);
  }
});

it('of nothing is nothing', () => {
  expect(mergeRuns([])).toBe(NO_SAMPLES);
});

it('clips to a span, both ends included', () => {
  fc.assert(
    fc.property(someRun, fc.integer({ min: -5, max: 65 }), fc.integer({ min: -5, max: 65 }), (times, fromMs, toMs) => {
      expect([...clipRun(runOf(times, 0), fromMs, toMs).timesMs]).toEqual(times.filter((time) => time >= fromMs && time <= toMs));
    }),
    { numRuns: 500 },
  );
});
