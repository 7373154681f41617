import type { Histogram, Labels } from '#metrics';
import { describe, expect, it } from 'vitest';
import { almostEqual, problemOfValue } from './compare-result.js';
import { problemOfMessages } from './expectation.js';
import { parseSeriesLine } from './series-notation.js';

const TIMES = { startMs: 0, endMs: 120_000, stepMs: 60_000 };
const labels = (name: string): Labels => [{ name: '__name__', value: name }];
const wanted = (lines: readonly string[], ordered = false): Parameters<typeof problemOfValue>[0] => ({ value: { type: 'series', series: lines.map(parseSeriesLine) }, times: TIMES, ordered });
const sample = (name: string, value: number | Histogram): { labels: Labels; point: { timeMs: number; value: number | Histogram } } => ({ labels: labels(name), point: { timeMs: 0, value } });
const histogram = (text: string): Histogram => {
  const [value] = parseSeriesLine(`h ${text}`).values;
  if (value?.type !== 'histogram') throw new Error(`no histogram: ${text}`);
  return value.histogram;
};

describe('numbers', () => {
  it.each([
    [1, 1 + 1e-6, true],
    [1, 1 + 3e-6, false],
    [Number.NaN, Number.NaN, true],
    [Number.NaN, 1, false],
    [0, 1e-300, false],
    [Infinity, Infinity, true],
    [Infinity, -Infinity, false],
    [Number.MAX_VALUE, Number.MAX_VALUE * (1 - 1e-7), true],
  ])('%d and %d: %s', (a, b, equal) => expect(almostEqual(a, b)).toBe(equal));
});

describe('vectors', () => {
  it('must have the same series, each with the same value', () => {
    expect(problemOfValue(wanted(['a 1', 'b 2']), { type: 'vector', samples: [sample('b', 2), sample('a', 1)] })).toBeNull();
    expect(problemOfValue(wanted(['a 1', 'b 2']), { type: 'vector', samples: [sample('a', 1)] })).toContain('got none');
    expect(problemOfValue(wanted(['a 1']), { type: 'vector', samples: [sample('a', 1), sample('b', 2)] })).toContain('unexpected');
    expect(problemOfValue(wanted(['a 1']), { type: 'vector', samples: [sample('a', 2)] })).toContain('expected 1');
    expect(problemOfValue(wanted(['a 1']), { type: 'scalar', timeMs: 0, value: 1 })).not.toBeNull();
  });

  it('are in order where that is asked for', () => {
    const value = { type: 'vector', samples: [sample('b', 2), sample('a', 1)] } as const;
    expect(problemOfValue(wanted(['b 2', 'a 1'], true), value)).toBeNull();
    expect(problemOfValue(wanted(['a 1', 'b 2'], true), value)).toContain('at position 1');
  });

  it('compare histograms by what is in them', () => {
    const got = { type: 'vector', samples: [sample('h', histogram('{{count:2 sum:1 offset:1 buckets:[0 1 0 1]}}'))] } as const;
    expect(problemOfValue(wanted(['h {{count:2 sum:1 offset:2 buckets:[1 0 1]}}']), got)).toBeNull();
    expect(problemOfValue(wanted(['h {{count:2 sum:1 offset:2 buckets:[1 1]}}']), got)).not.toBeNull();
    expect(problemOfValue(wanted(['h {{count:2 sum:1 offset:2 buckets:[1 0 1] counter_reset_hint:unknown}}']), got)).toBeNull();
    expect(problemOfValue(wanted(['h {{count:2 sum:1 offset:2 buckets:[1 0 1] counter_reset_hint:gauge}}']), got)).not.toBeNull();
    expect(problemOfValue(wanted(['h 2']), got)).not.toBeNull();
  });
});

describe('matrices', () => {
  const points = (...values: readonly (readonly [number, number])[]): { timeMs: number; value: number }[] => values.map(([timeMs, value]) => ({ timeMs, value }));

  it('must have the same points at the same times', () => {
    const value = { type: 'matrix', series: [{ labels: labels('a'), points: points([0, 1], [120_000, 3]) }] } as const;
    expect(problemOfValue(wanted(['a 1 _ 3']), value)).toBeNull();
    expect(problemOfValue(wanted(['a 1 3']), value)).not.toBeNull();
    expect(problemOfValue(wanted(['a 1 2 3']), value)).not.toBeNull();
  });

  it('must be sorted', () => {
    const series = ['b', 'a'].map((name) => ({ labels: labels(name), points: points([0, 1]) }));
    expect(problemOfValue(wanted(['a 1', 'b 1']), { type: 'matrix', series })).toContain('not sorted');
    expect(problemOfValue(wanted(['a 1', 'b 1']), { type: 'matrix', series: series.toReversed() })).toBeNull();
  });
});

describe('messages', () => {
  const text = (type: 'warn' | 'no_warn', message: string | null): Parameters<typeof problemOfMessages>[1][number] => ({ type, pattern: message === null ? null : { type: 'text', text: message } });

  it('must all be expected where any is', () => {
    expect(problemOfMessages('warn', [], ['a'])).toBeNull();
    expect(problemOfMessages('warn', [text('warn', null)], [])).not.toBeNull();
    expect(problemOfMessages('warn', [text('warn', 'a')], ['a'])).toBeNull();
    expect(problemOfMessages('warn', [text('warn', 'a')], ['a', 'b'])).toContain('"b"');
    expect(problemOfMessages('warn', [text('no_warn', null)], ['a'])).not.toBeNull();
    expect(problemOfMessages('info', [text('warn', 'a')], [])).toBeNull();
  });
});
