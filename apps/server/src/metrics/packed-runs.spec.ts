import { expect, it } from 'vitest';
import { SAMPLE_KIND } from '#metrics';
import { packRuns, unpackRuns } from './packed-runs.js';

it('gives back what was packed', () => {
  const plain = { timesMs: Float64Array.of(1, 2), values: Float64Array.of(3, NaN), kinds: null, histograms: null, startsMs: null };
  const histogram = { schema: 0, zeroThreshold: 0, zeroCount: 0, count: 1, sum: 2, positive: { spans: [], counts: [] }, negative: { spans: [], counts: [] }, customBounds: [], resetHint: 'unknown' as const };
  const rich = { timesMs: Float64Array.of(5), values: Float64Array.of(NaN), kinds: Uint8Array.of(SAMPLE_KIND.histogram), histograms: [histogram], startsMs: Float64Array.of(4) };
  const back = unpackRuns(packRuns([{ seriesId: 7, samples: plain }, { seriesId: 7, samples: rich }]));
  expect(back.map(({ seriesId }) => seriesId)).toEqual([7, 7]);
  expect([...back[0]!.samples.timesMs]).toEqual([1, 2]);
  expect([...back[0]!.samples.values]).toEqual([3, NaN]);
  expect([back[1]!.samples.kinds![0], back[1]!.samples.startsMs![0], back[1]!.samples.histograms![0]]).toEqual([SAMPLE_KIND.histogram, 4, histogram]);
});
