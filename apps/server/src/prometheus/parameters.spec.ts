import { describe, expect, it } from 'vitest';
import { limitOf, lookbackOf, optionalLengthMs, optionalNumber, optionalSpan, optionalTimeMs, requiredTimeMs } from './parameters.js';
import { RequestForm } from './request-form.js';
import { MAX_TIME_MS, MIN_TIME_MS } from './time-parameter.js';

const form = (fields: Readonly<Record<string, unknown>>): RequestForm => new RequestForm(fields);

describe('a form', () => {
  it('gives what was posted before what the URL says', () => {
    const both = new RequestForm({ a: '1', 'm[]': ['x', 'y'] }, { a: '2', 'm[]': 'z', b: '3' });
    expect([both.value('a'), both.value('b'), both.value('c')]).toEqual(['1', '3', '']);
    expect([both.values('m[]'), both.values('c')]).toEqual([['x', 'y', 'z'], []]);
  });

  it('holds texts only, whatever came as JSON or was inherited', () => {
    expect(new RequestForm({ a: 1, b: { c: 'x' }, d: [2, 'y', null] }, null, 'text').values('d')).toEqual(['y']);
    expect([form({ a: 1 }).value('a'), form({}).value('constructor'), form({}).value('__proto__')]).toEqual(['', '', '']);
  });
});

describe('parameters', () => {
  it('that are left out have presets', () => {
    const empty = form({});
    expect([limitOf(empty), lookbackOf(empty), optionalLengthMs(empty, 'timeout'), optionalTimeMs(empty, 'time', 5), optionalNumber(empty, 'limit', '')]).toEqual([0, null, null, 5, null]);
    expect(optionalSpan(empty)).toEqual({ fromMs: MIN_TIME_MS, toMs: MAX_TIME_MS });
    expect(() => requiredTimeMs(empty, 'start')).toThrow('invalid parameter "start": cannot parse "" to a valid timestamp');
  });

  it('are read', () => {
    expect(optionalSpan(form({ start: '1', end: '2.5' }))).toEqual({ fromMs: 1_000, toMs: 2_500 });
    expect([limitOf(form({ limit: '40000' })), optionalLengthMs(form({ timeout: '30s' }), 'timeout'), lookbackOf(form({ lookback_delta: '1.5' }))]).toEqual([40_000, 30_000, 1_500]);
    // Prometheus takes what is not above zero for its default.
    expect([lookbackOf(form({ lookback_delta: '0' })), lookbackOf(form({ lookback_delta: '-5' }))]).toEqual([null, null]);
  });

  it('that are no numbers are refused', () => {
    expect(() => limitOf(form({ limit: '99999999999999999999' }))).toThrow('invalid parameter "limit": strconv.Atoi: parsing "99999999999999999999": value out of range');
    expect(() => limitOf(form({ limit: '1.5' }))).toThrow('invalid parameter "limit": strconv.Atoi: parsing "1.5": invalid syntax');
    expect(() => optionalNumber(form({ limit: '1e3' }), 'limit', 'limit must be a number')).toThrow('limit must be a number');
  });
});
