import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TIME_MS, MIN_TIME_MS, ParameterProblem, parseLengthMs, parseTimeMs } from './time-parameter.js';

describe('a time', () => {
  it.each([
    ['0', 0], ['1435781451.781', 1_435_781_451_781], ['-1.5', -1_500], ['1e3', 1_000_000], ['.5', 500], ['1.0004', 1_000], ['1543578564.7056', 1_543_578_564_706], ['+2', 2_000],
    ['1970-01-01T00:00:00Z', 0], ['2015-07-01T20:10:51.781Z', 1_435_781_451_781], ['2015-07-01T22:10:51.781999999+02:00', 1_435_781_451_781], ['2015-07-01T18:10:51-02:00', 1_435_781_451_000],
    ['1969-12-31T23:59:59.9Z', -100], ['2024-02-29T12:00:00Z', 1_709_208_000_000], ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['-292273086-05-16T16:47:06Z', MIN_TIME_MS], ['292277025-08-18T07:12:54.999999999Z', MAX_TIME_MS],
  ])('%s is read', (text, timeMs) => {
    expect(parseTimeMs(text)).toBe(timeMs);
  });

  it.each(['', 'now', '1h', 'NaN', 'Inf', '1e30', '1e999', '0x10', ' 1', '1_000', '2023-02-29T00:00:00Z', '2024-13-01T00:00:00Z', '2024-01-00T00:00:00Z', '2024-01-01T24:00:00Z', '2024-01-01T00:00:60Z', '2024-01-01 00:00:00Z', '2024-01-01T00:00:00', '2024-01-01T00:00:00+24:00', '2024-01-01'])('%j is none', (text) => {
    expect(() => parseTimeMs(text)).toThrow(`cannot parse ${JSON.stringify(text)} to a valid timestamp`);
  });

  it('of any date is what the calendar says (2,000 runs)', () => {
    fc.assert(fc.property(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => parseTimeMs(date.toISOString()) === date.getTime()), { numRuns: 2_000 });
  });
});

describe('a length of time', () => {
  it.each([['15', 15_000], ['0.5', 500], ['1h30m', 5_400_000], ['15s', 15_000], ['1ms', 1], ['-3', -3_000], ['0', 0], ['1d', 86_400_000]])('%s is read', (text, ms) => {
    expect(parseLengthMs(text)).toBe(ms);
  });

  it.each(['', '1 h', '1m1h', '-5m', 'x', '1.5h'])('%j is none', (text) => {
    expect(() => parseLengthMs(text)).toThrow(`cannot parse ${JSON.stringify(text)} to a valid duration`);
  });

  it.each(['1e300', 'Inf', '-inf', '9223372037'])('%j is too long', (text) => {
    expect(() => parseLengthMs(text)).toThrow(`cannot parse ${JSON.stringify(text)} to a valid duration. It overflows int64`);
  });
});

it('whatever is sent is read or refused in short words (5,000 runs)', () => {
  const outcome = (parse: (text: string) => number, text: string): boolean => {
    try {
      return Number.isFinite(parse(text));
    } catch (error) {
      return error instanceof ParameterProblem && error.message.length < 1_500;
    }
  };
  const texts = fc.oneof(fc.string({ maxLength: 1_000 }), fc.stringMatching(/^[-+]?[0-9.eE]{1,12}$/), fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/));
  fc.assert(fc.property(texts, (text) => outcome(parseTimeMs, text) && outcome(parseLengthMs, text)), { numRuns: 5_000 });
});
