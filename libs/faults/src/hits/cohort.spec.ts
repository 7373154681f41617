import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cohort } from '#contracts';
import type { ConnectionFacts, RequestFacts } from '../edge-rule.js';
import { cohortPercent, compileCohort } from './cohort.js';

const CONNECTION: ConnectionFacts = { index: 0, sourceAddress: '10.0.0.7', isNew: true };
const ALL = { salt: '', fromPercent: 0, toPercent: 100 };

function request(headers: Readonly<Record<string, readonly string[]>>): RequestFacts {
  return { method: 'GET', target: '/', path: '/', headers: new Map(Object.entries(headers)) };
}
const isMember = (cohort: Cohort, headers: Readonly<Record<string, readonly string[]>>): boolean => compileCohort(cohort)(CONNECTION, request(headers));

describe('cohortPercent', () => {
  // Reckoned by another program, and pinned: a change of these moves every caller to another group in the middle of an experiment.
  it.each([
    ['', '', 2.13],
    ['', 'user-1', 32.09],
    ['summer', 'user-1', 41.53],
    ['', 'käthe', 69.71],
  ])('puts salt %j and key %j at %d', (salt, key, percent) => {
    expect(cohortPercent(salt, key)).toBe(percent);
  });

  it('is the same every time, in [0, 100), in steps of 0.01', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (salt, key) => {
        const percent = cohortPercent(salt, key);
        expect(cohortPercent(salt, key)).toBe(percent);
        expect(percent >= 0 && percent < 100).toBe(true);
        expect(Math.round(percent * 100) / 100).toBe(percent);
      }),
      { numRuns: 1_000 },
    );
  });

  it('spreads numbered keys evenly, and anew with another salt', () => {
    for (const salt of ['', 'b']) {
      const tenths = new Array<number>(10).fill(0);
      for (let user = 0; user < 20_000; user++) tenths[Math.floor(cohortPercent(salt, `user-${user}`) / 10)]! += 1;
      // Six standard deviations of a binomial count with n = 20000, p = 0.1.
      for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(255);
    }
    const stays = Array.from({ length: 10_000 }, (_, user) => cohortPercent('a', `user-${user}`) < 50 === cohortPercent('b', `user-${user}`) < 50).filter(Boolean).length;
    expect(Math.abs(stays - 5_000)).toBeLessThan(300);
  });

  it('keeps salt and key apart', () => {
    expect(cohortPercent('ab', 'c')).not.toBe(cohortPercent('a', 'bc'));
  });
});

describe('compileCohort', () => {
  it('splits callers without gap or overlap', () => {
    const half = (fromPercent: number, toPercent: number): Cohort => ({ by: 'header', name: 'X-User', salt: 's', fromPercent, toPercent });
    for (let user = 0; user < 1_000; user++) {
      const headers = { 'x-user': [`u${user}`] };
      const members = [half(0, 12.34), half(12.34, 50), half(50, 100)].filter((cohort) => isMember(cohort, headers));
      expect(members).toHaveLength(1);
    }
  });

  it('hits nothing that lacks the key', () => {
    expect(isMember({ ...ALL, by: 'header', name: 'x-user' }, {})).toBe(false);
    expect(isMember({ ...ALL, by: 'cookie', name: 'uid' }, { cookie: ['other=1; uidx=2'] })).toBe(false);
    expect(isMember({ ...ALL, by: 'trace-id' }, {})).toBe(false);
    expect(compileCohort({ ...ALL, by: 'header', name: 'x-user' })(CONNECTION, null)).toBe(false);
  });

  it('finds a cookie by its exact name, in any of the fields', () => {
    const at = (value: string): Cohort => ({ by: 'cookie', name: 'uid', salt: '', fromPercent: cohortPercent('', value), toPercent: cohortPercent('', value) + 0.01 });
    expect(isMember(at('7'), { cookie: ['a=1; uid=7; b=2'] })).toBe(true);
    expect(isMember(at('7'), { cookie: ['a=1', 'uid=7'] })).toBe(true);
    expect(isMember(at('7'), { cookie: ['UID=7'] })).toBe(false);
    expect(isMember(at('7=8'), { cookie: ['uid=7=8'] })).toBe(true);
    expect(isMember(at(''), { cookie: ['uid='] })).toBe(true);
  });

  it('follows a trace through its hops, and takes no broken one', () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const percent = cohortPercent('', trace);
    const cohort: Cohort = { by: 'trace-id', salt: '', fromPercent: percent, toPercent: percent + 0.01 };
    for (const span of ['00f067aa0ba902b7', 'b7ad6b7169203331']) expect(isMember(cohort, { traceparent: [`00-${trace}-${span}-01`] })).toBe(true);
    expect(isMember(cohort, { traceparent: [`cc-${trace}-00f067aa0ba902b7-01-what-the-future-adds`] })).toBe(true);
    for (const broken of [[`ff-${trace}-00f067aa0ba902b7-01`], [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`], [`00-${trace.toUpperCase()}-00f067aa0ba902b7-01`], ['junk'], [`00-${trace}-00f067aa0ba902b7-01`, `00-${trace}-00f067aa0ba902b7-01`]]) {
      expect(isMember({ ...cohort, fromPercent: 0, toPercent: 100 }, { traceparent: broken })).toBe(false);
    }
  });

  it('needs no request to tell callers apart by address', () => {
    const percent = cohortPercent('', CONNECTION.sourceAddress);
    const cohort: Cohort = { by: 'address', salt: '', fromPercent: percent, toPercent: percent + 0.01 };
    expect(compileCohort(cohort)(CONNECTION, null)).toBe(true);
    expect(compileCohort(cohort)({ ...CONNECTION, sourceAddress: '10.0.0.8' }, null)).toBe(false);
  });
});
