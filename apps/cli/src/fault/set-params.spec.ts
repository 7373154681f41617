import { describe, expect, it } from 'vitest';
import { setParams } from './set-params.js';

describe('setParams', () => {
  it('takes what reads as JSON as JSON, and the rest as text', () => {
    const pairs = ['latencyMs=400', 'announce=true', 'match.path=/pay/*', 'match.status=["5xx",404]', 'body=a=b', 'match.cohort.by=cookie'];
    expect(setParams(pairs)).toEqual({ ok: true, params: { latencyMs: 400, announce: true, match: { path: '/pay/*', status: ['5xx', 404], cohort: { by: 'cookie' } }, body: 'a=b' } });
  });

  it.each([
    ['latencyMs', 'needs name=value'],
    ['=5', 'needs name=value'],
    ['a..b=5', 'needs name=value'],
    ['__proto__.polluted=1', 'needs name=value'],
    ['match.constructor.x=1', 'needs name=value'],
  ])('refuses %s', (pair, problem) => {
    expect(setParams([pair])).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('refuses to reach into a value', () => {
    expect(setParams(['match=5', 'match.path=/'])).toMatchObject({ ok: false });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
