import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match } from '#contracts';
import { PASS } from '../edge-rule.js';
import type { ConnectionFacts, RequestFacts, ResponseFacts } from '../edge-rule.js';
import { seeded } from '../random.js';
import { connectionRule, messageRule } from './hits.js';
import type { Hit, HitParams } from './hits.js';

const REQUEST: RequestFacts = { method: 'GET', target: '/pay/1?x', path: '/pay/1', headers: new Map([['x-tier', ['silver', 'gold']]]) };
const OK: ResponseFacts = { status: 200, headers: new Map() };

function connection(index: number, sourceAddress = '10.0.0.1'): ConnectionFacts {
  return { index, sourceAddress, isNew: true };
}

/** What decides for messages, one function for each connection; null where none can be hit. */
function hitsOf(params: Partial<HitParams>, seed = 1): (connection: ConnectionFacts) => Hit | null {
  let latest: Hit | null = null;
  const rule = messageRule({ share: 1, ...params }, seeded(seed), (hit) => {
    latest = hit;
    return { onRequest: () => PASS };
  });
  return (facts) => (rule.forConnection(facts) === null ? null : latest);
}

describe('match', () => {
  const isHit = (match: Match, request = REQUEST, response: ResponseFacts | undefined = OK): boolean | undefined => hitsOf({ match })(connection(0))?.(request, response);

  it.each<[Match, boolean]>([
    [{}, true],
    [{ method: 'GET' }, true],
    [{ method: 'POST' }, false],
    [{ path: '/pay/*' }, true],
    [{ path: '/pay' }, false],
    [{ path: '/pay/1?x' }, false],
    [{ headers: [{ name: 'X-Tier', value: 'g*' }] }, true],
    [{ headers: [{ name: 'x-tier', value: 'silver,*' }] }, false],
    [{ headers: [{ name: 'x-other', value: '*' }] }, false],
    [{ headers: [{ name: 'x-tier', value: 'gold' }, { name: 'x-other', value: '*' }] }, false],
    [{ status: [200] }, true],
    [{ status: ['2xx', 500] }, true],
    [{ status: ['5xx'] }, false],
    [{ method: 'GET', path: '/pay/*', status: ['2xx'] }, true],
    [{ method: 'GET', path: '/pay/*', status: ['4xx'] }, false],
  ])('%j hits: %s', (match, expected) => {
    expect(isHit(match)).toBe(expected);
  });

  it('does not match what cannot be seen', () => {
    expect(isHit({ status: ['2xx'] }, REQUEST, undefined)).toBe(true);
    const hit = hitsOf({ match: { status: ['2xx'] } })(connection(0));
    expect(hit?.(REQUEST)).toBe(false);
    for (const match of [{ method: 'GET' }, { path: '*' }, { headers: [{ name: 'x-tier', value: '*' }] }] satisfies Match[]) expect(hitsOf({ match })(connection(0))?.()).toBe(false);
    expect(hitsOf({})(connection(0))?.()).toBe(true);
  });

  it('leaves connections alone that come from elsewhere', () => {
    const hits = hitsOf({ match: { sourceAddress: ['10.0.0.0/8', 'fd00::1'] } });
    expect(hits(connection(0))?.(REQUEST)).toBe(true);
    expect(hits(connection(0, 'fd00::1'))?.(REQUEST)).toBe(true);
    expect(hits(connection(0, '192.168.0.1'))).toBeNull();
    expect(hitsOf({ match: { cohort: { by: 'address', salt: '', fromPercent: 0, toPercent: 100 } } })(connection(0))?.()).toBe(true);
  });

  it('knows the cohort of each request', () => {
    const hit = hitsOf({ match: { cohort: { by: 'header', name: 'x-tier', salt: '', fromPercent: 0, toPercent: 100 } } })(connection(0));
    expect(hit?.(REQUEST)).toBe(true);
    expect(hit?.({ ...REQUEST, headers: new Map() })).toBe(false);
  });
});

describe('count', () => {
  const chosen = (params: Partial<HitParams>, count = 12): readonly number[] => {
    const hit = hitsOf(params)(connection(0));
    return Array.from({ length: count }, (_, index) => index + 1).filter(() => hit?.(REQUEST));
  };

  it.each([
    [{ afterCount: 0, everyCount: 1 }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    [{ afterCount: 10, everyCount: 1 }, [11, 12]],
    [{ afterCount: 0, everyCount: 4 }, [4, 8, 12]],
    [{ afterCount: 0, everyCount: 1, firstCount: 2 }, [1, 2]],
    [{ afterCount: 3, everyCount: 2, firstCount: 3 }, [5, 7, 9]],
  ])('%j chooses %j', (occurrence, expected) => {
    expect(chosen({ occurrence })).toEqual(expected);
  });

  it('counts over all connections, and only what matches', () => {
    const hits = hitsOf({ match: { method: 'GET' }, occurrence: { afterCount: 1, everyCount: 1, firstCount: 2 } });
    const [one, other] = [hits(connection(0)), hits(connection(1))];
    expect([one?.({ ...REQUEST, method: 'POST' }), one?.(REQUEST), other?.(REQUEST), one?.(REQUEST), other?.(REQUEST)]).toEqual([false, false, true, true, false]);
  });

  it('comes before the share: of the first 1000, about half are hit and none after', () => {
    const numbers = chosen({ share: 0.5, occurrence: { afterCount: 0, everyCount: 1, firstCount: 1_000 } }, 2_000);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(1_000);
    // Six standard deviations of a binomial count with n = 1000, p = 0.5.
    expect(Math.abs(numbers.length - 500)).toBeLessThan(95);
  });
});

describe('share', () => {
  const pattern = (hit: Hit | null, count: number): readonly (boolean | undefined)[] => Array.from({ length: count }, () => hit?.(REQUEST));

  it('is drawn from the lots of the connection, whatever other connections do', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(3), { maxLength: 60 }), (seed, order) => {
        const [mixed, alone] = [hitsOf({ share: 0.5 }, seed), hitsOf({ share: 0.5 }, seed)];
        const connections = [0, 1, 2, 3].map((index) => mixed(connection(index)));
        const seen: (boolean | undefined)[][] = [[], [], [], []];
        for (const index of order) seen[index]?.push(connections[index]?.(REQUEST));
        for (const index of [3, 2, 1, 0]) expect(pattern(alone(connection(index)), seen[index]?.length ?? 0)).toEqual(seen[index]);
      }),
      { numRuns: 200 },
    );
  });

  it('differs between connections and seeds', () => {
    expect(pattern(hitsOf({ share: 0.5 })(connection(0)), 100)).not.toEqual(pattern(hitsOf({ share: 0.5 })(connection(1)), 100));
    expect(pattern(hitsOf({ share: 0.5 }, 1)(connection(0)), 100)).not.toEqual(pattern(hitsOf({ share: 0.5 }, 2)(connection(0)), 100));
  });

  it('hits connections in the same share, also when each has one request only', () => {
    const hits = hitsOf({ share: 0.2 });
    const count = Array.from({ length: 20_000 }, (_, index) => hits(connection(index))?.(REQUEST)).filter((hit) => hit === true).length;
    // Six standard deviations of a binomial count with n = 20000, p = 0.2.
    expect(Math.abs(count - 4_000)).toBeLessThan(340);
  });
});

describe('connectionRule', () => {
  it('hits a share of the connections from its networks', () => {
    const rule = connectionRule({ share: 0.3, sourceAddress: ['10.0.0.0/8'] }, seeded(3), () => ({}));
    const hit = Array.from({ length: 20_000 }, (_, index) => rule.forConnection(connection(index))).filter((made) => made !== null).length;
    // Six standard deviations of a binomial count with n = 20000, p = 0.3.
    expect(Math.abs(hit - 6_000)).toBeLessThan(390);
    expect(Array.from({ length: 100 }, (_, index) => rule.forConnection(connection(index, '11.0.0.1'))).every((made) => made === null)).toBe(true);
  });
});
