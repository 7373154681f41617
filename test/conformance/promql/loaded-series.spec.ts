import { describe, expect, it } from 'vitest';
import { LoadedSeriesReader } from './loaded-series.js';
import { parseScript } from './script-parser.js';

function loaded(script: string): LoadedSeriesReader {
  const reader = new LoadedSeriesReader();
  for (const command of parseScript(script)) {
    if (command.type !== 'load') throw new Error(`only loads: ${JSON.stringify(command)}`);
    reader.load(command);
  }
  return reader;
}

const ALWAYS = [0, 1e9] as const;
const read = (reader: LoadedSeriesReader, operator: '=' | '!=' | '=~' | '!~', value: string, [fromMs, toMs]: readonly [number, number] = ALWAYS): ReturnType<LoadedSeriesReader['select']> =>
  reader.select({ matchers: [{ name: '__name__', operator, value }], fromMs, toMs, hints: { stepMs: 0, function: null } });

describe('series of scripts', () => {
  it('adds loads up, and gives what matches within the times', async () => {
    const reader = loaded('load 1m\n  a 1 2 stale 4\n  b 5\n\nload 30s\n  a _ 1.5 _ _ _ _ _ 4.5');
    const [a] = await read(reader, '=', 'a', [30_000, 210_000]);
    expect([...a!.samples.timesMs]).toEqual([30_000, 60_000, 120_000, 180_000, 210_000]);
    expect([...a!.samples.kinds!]).toEqual([0, 0, 2, 0, 0]);
    expect([...a!.samples.values]).toEqual([1.5, 2, Number.NaN, 4, 4.5]);
    expect(await read(reader, '=~', 'a|b')).toHaveLength(2);
    expect(await read(reader, '!~', 'a.*')).toHaveLength(1);
    expect(await read(reader, '!=', 'a', [1, 1e9])).toHaveLength(0);
  });

  it('keeps start times', async () => {
    const [a] = await read(loaded('load 1m\n  a@st _ -30s\n  a 1 2'), '=', 'a');
    expect([...a!.samples.startsMs!]).toEqual([0, 30_000]);
  });

  it('knows which histograms go on from the one before', async () => {
    const [h] = await read(loaded('load 1m\n  h {{count:1 buckets:[1]}} {{count:2 buckets:[2]}} {{count:1 buckets:[1]}} {{count:3 buckets:[3] counter_reset_hint:gauge}} 1 {{count:3 buckets:[3]}}'), '=', 'h');
    expect(h!.samples.histograms!.map((histogram) => histogram?.resetHint ?? null)).toEqual(['unknown', 'not-reset', 'unknown', 'gauge', null, 'unknown']);
  });

  it('makes native histograms of classic ones', async () => {
    const reader = loaded('load_with_nhcb 1m\n  h_bucket{le="1"} 1 2\n  h_bucket{le="2"} 3 4\n  h_bucket{le="+Inf"} 4 5\n  h_count 4 5\n  h_sum 6 7');
    expect(await read(reader, '=', 'h_bucket')).toHaveLength(3);
    const [h] = await read(reader, '=', 'h');
    expect(h!.samples.histograms![1]).toMatchObject({ schema: -53, customBounds: [1, 2], count: 5, sum: 7, positive: { counts: [2, 2, 1] }, resetHint: 'not-reset' });
    expect(() => loaded('load_with_nhcb 1m\n  h_bucket{le="1"} 3\n  h_bucket{le="2"} 1')).toThrow('not cumulative');
  });
});
