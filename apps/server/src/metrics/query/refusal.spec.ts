import { describe, expect, it } from 'vitest';
import { PatternError } from '#metrics';
import { QueryError } from '#promql';
import { StoreUnavailable } from './open-metric-source.js';
import { refusalOf } from './refusal.js';

const LIVE = new AbortController().signal;
const LATE = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
const GONE = AbortSignal.abort();

describe('a question without an answer', () => {
  it('says which parameter was wrong, where Prometheus does', () => {
    const wrong = new QueryError('bad_data', '1:1: parse error: x');
    expect(refusalOf(wrong, 'range', LIVE)).toEqual({ errorType: 'bad_data', error: 'invalid parameter "query": 1:1: parse error: x' });
    expect(refusalOf(wrong, 'series', LIVE).error).toBe('invalid parameter "match[]": 1:1: parse error: x');
    expect(refusalOf(wrong, 'labels', LIVE).error).toBe('1:1: parse error: x');
    expect(refusalOf(new PatternError('too large'), 'instant', LIVE)).toEqual({ errorType: 'bad_data', error: 'invalid parameter "query": too large' });
    expect(refusalOf(new QueryError('execution', 'too many'), 'instant', LIVE)).toEqual({ errorType: 'execution', error: 'too many' });
  });

  it('was ended by the clock, by its client, or by what ran beside it', () => {
    const broken = new Error('the connection was cut');
    expect(refusalOf(broken, 'series', LATE).errorType).toBe('timeout');
    expect(refusalOf(broken, 'series', GONE).errorType).toBe('canceled');
    const memory = AbortSignal.abort(new QueryError('execution', 'memory'));
    // The engine knows only that the signal ended it.
    expect(refusalOf(new QueryError('canceled', 'query was canceled'), 'range', memory)).toEqual({ errorType: 'execution', error: 'memory' });
  });

  it('needed more than there is', () => {
    const overflow = (): number => 1 + overflow();
    let failure: unknown;
    try {
      overflow();
    } catch (error) {
      failure = error;
    }
    expect(refusalOf(failure, 'instant', LIVE)).toEqual({ errorType: 'execution', error: 'the query is nested too deeply' });
    expect(refusalOf(new RangeError('Array buffer allocation failed'), 'instant', LIVE).errorType).toBe('execution');
  });

  it('met a store that is away, or that failed', () => {
    expect(refusalOf(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'instant', LIVE).errorType).toBe('unavailable');
    expect(refusalOf(new StoreUnavailable('not yet'), 'instant', LIVE)).toEqual({ errorType: 'unavailable', error: 'not yet' });
    expect(refusalOf(new TypeError('x is not a function'), 'instant', LIVE)).toMatchObject({ errorType: 'internal', error: expect.stringContaining('x is not a function') });
  });
});
