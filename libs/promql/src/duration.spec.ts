import { describe, expect, it } from 'vitest';
import type { MatrixSelector } from './ast.js';
import { durationMs, positiveDurationMs } from './duration.js';
import { parseQuery } from './parser/parse-query.js';

const GRID = { startMs: 0, endMs: 600_000, stepMs: 15_000 };
const rangeOf = (text: string): MatrixSelector['range'] => (parseQuery(`a[${text}]`) as MatrixSelector).range;

describe('durations', () => {
  it.each([
    ['5m', 300_000],
    ['1.5', 1500],
    ['0.0015', 1],
    ['5m * 2', 600_000],
    ['-5m + 35m', 1_800_000],
    ['1h30m % 1h', 1_800_000],
    ['2 ^ 3 ^ 2', 512_000],
    ['step()', 15_000],
    ['range() / 2', 300_000],
    ['min_of(step(), 10s)', 10_000],
    ['max_of(step(), 10s)', 15_000],
    ['(9m30s + 30s) * 3', 1_800_000],
    ['1m - -(30s)', 90_000],
    ['0.0019 + 0', 1],
  ])('%s', (text, ms) => expect(positiveDurationMs(rangeOf(text), GRID)).toBe(ms));

  it.each([
    ['5m - 10m', '2:10: duration must be greater than 0'],
    ['step() - 15s', '2:14: duration must be greater than 0'],
    ['1m / (step() - 15)', '2:19: division by zero'],
    ['1m % (step() - 15)', '2:19: modulo by zero'],
    ['-1 ^ 0.5 + (-1) ^ 0.5', '2:23: duration is NaN or infinite'],
    ['1e9 * 1e9', '2:11: duration is out of range'],
  ])('%s fails', (text, message) => expect(() => positiveDurationMs(rangeOf(text), GRID)).toThrow(message));

  it('may be negative where it is an offset', () => expect(durationMs(rangeOf('5m - 10m'), GRID)).toBe(-300_000));
  it('has no step in an instant query', () => expect(() => positiveDurationMs(rangeOf('step()'), { ...GRID, stepMs: 0 })).toThrow('duration must be greater than 0'));
});
