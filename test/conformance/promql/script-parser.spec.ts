import { describe, expect, it } from 'vitest';
import { parseScript } from './script-parser.js';
import type { Eval, Load } from './script-parser.js';
import { parseSeriesLine } from './series-notation.js';
import { parseStartTimes } from './start-times.js';

const floats = (line: string): (number | string)[] => parseSeriesLine(line).values.map((value) => (value.type === 'float' ? value.value : value.type));

describe('series notation', () => {
  it('reads names, labels and values', () => {
    expect(parseSeriesLine('up{job="a", "b c"="\\u00e9",} 1').labels).toEqual([
      { name: '__name__', value: 'up' },
      { name: 'b c', value: 'é' },
      { name: 'job', value: 'a' },
    ]);
    expect(parseSeriesLine('{"a.b", x=""} 1').labels).toEqual([{ name: '__name__', value: 'a.b' }]);
    expect(parseSeriesLine('{} 1').labels).toEqual([]);
  });

  it.each([
    ['up 1 -2.5 1e3 .5 NaN +Inf -inf', [1, -2.5, 1000, 0.5, Number.NaN, Infinity, -Infinity]],
    ['up 1x2 0+10x3 5-2x1 -1-1x1', [1, 1, 1, 0, 10, 20, 30, 5, 3, -1, -2]],
    ['up _ _x2 stale 1', ['omitted', 'omitted', 'omitted', 'stale', 1]],
  ])('%s', (line, values) => expect(floats(line)).toEqual(values));

  it('adds histograms up', () => {
    const { values } = parseSeriesLine('h {{schema:1 count:2 sum:3 offset:1 buckets:[1 0 1]}}+{{schema:2 count:1 sum:1 offset:2 buckets:[1 1]}}x2 {{counter_reset_hint:gauge}}');
    expect(values).toHaveLength(4);
    // Buckets 2 and 3 of schema 2 are 1 and 2 of schema 1.
    expect(values[2]).toMatchObject({ hintGiven: false, histogram: { schema: 1, count: 4, sum: 5, positive: { spans: [{ offset: 1, length: 3 }], counts: [3, 2, 1] } } });
    expect(values[3]).toMatchObject({ hintGiven: true, histogram: { resetHint: 'gauge' } });
  });

  it.each(['up 1+x3', 'up abc', 'up{a=b} 1', 'up{a="b" 1', 'up {{what:1}}', 'up {{count:1 count:2}}'])('does not take %s', (line) => expect(() => parseSeriesLine(line)).toThrow());

  it('reads start times', () => {
    expect(parseStartTimes('_ -1m -30s-1sx2 *x1 _x2 0s')).toEqual([null, -60_000, -30_000, -31_000, -32_000, -32_000, -32_000, null, null, 0]);
    expect(() => parseStartTimes('1q')).toThrow();
  });
});

const SCRIPT = `
load 30s
  up{job="a"}@st _ -10s
  up{job="a"}    1 2

clear
load_with_nhcb 1m
  h_bucket{le="1"} 1
# A comment ends a block.
eval instant at 1m sum(up)
  expect ordered
  expect warn msg: PromQL warning: x (1:2)
  {} 3

eval range from 0 to 2m step 1m up
  up{job="a"} 1 _ stale

clear
eval_fail instant at 0 up + up
  expected_fail_regexp .*many.*
eval instant at 50s 1 + 1
  2
eval instant at 50s "a"
  expect string "a\\n"

eval instant at 50s up[1m]
  expect range vector from 10s to 50s step 20s
  up 1 2 3

eval instant at 10s up
  up {{count:1}}

eval sometime up
`;

describe('scripts', () => {
  const commands = parseScript(SCRIPT);
  const evals = commands.filter((command): command is Eval => command.type === 'eval');

  it('reads commands in order, a block for each', () => expect(commands.map(({ type }) => type)).toEqual(['load', 'clear', 'load', 'eval', 'eval', 'clear', 'eval', 'eval', 'eval', 'eval', 'eval', 'unreadable']));

  it('reads what is loaded', () => {
    expect(commands[0]).toMatchObject({ stepMs: 30_000, withNative: false, series: [{ startsMs: [null, -10_000] }] } satisfies Partial<Load> | object);
    expect(commands[2]).toMatchObject({ stepMs: 60_000, withNative: true });
  });

  it('reads what is asked and expected', () => {
    expect(evals[0]).toMatchObject({ line: 10, query: 'sum(up)', isRange: false, repeatsOverRange: true, times: { startMs: 60_000, endMs: 60_000 } });
    expect(evals[0]!.expectations).toEqual([{ type: 'ordered', pattern: null }, { type: 'warn', pattern: { type: 'text', text: 'PromQL warning: x (1:2)' } }]);
    expect(evals[1]).toMatchObject({ isRange: true, repeatsOverRange: false, times: { startMs: 0, endMs: 120_000, stepMs: 60_000 } });
    expect(evals[2]!.expectations).toEqual([{ type: 'fail', pattern: null }, { type: 'fail', pattern: { type: 'regex', regex: /.*many.*/ } }]);
    expect(evals[3]!.value).toEqual({ type: 'scalar', value: 2 });
    expect(evals[4]).toMatchObject({ value: { type: 'string', value: 'a\n' }, repeatsOverRange: false });
    expect(evals[5]).toMatchObject({ isRange: false, repeatsOverRange: false, times: { startMs: 10_000, endMs: 50_000, stepMs: 20_000 } });
  });

  it('knows where native histograms are at work', () => expect(evals.map(({ floatOnly }) => floatOnly)).toEqual([false, false, true, true, true, true, false]));
});
