import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetLabel, targetText, type EdgeKey, type FaultTarget, type Selector, type Topology } from '#contracts';
import { knownText } from './known-text.js';
import { matchTargets } from './match-targets.js';
import { pickCount } from './pick-count.js';
import { pickTargets } from './pick-targets.js';

const node = (name: string, region: string): Topology['nodes'][number] => ({ name, kind: 'service', region });
const edge = (source: string, target: string, protocol: EdgeKey['protocol'] = 'http'): EdgeKey => ({ source, target, protocol });
const TOPOLOGY: Topology = {
  regions: [],
  nodes: [node('gateway-eu', 'eu'), node('gateway-us', 'us'), node('cart', 'eu'), node('db', 'us')],
  edges: [edge('gateway-us', 'cart'), edge('gateway-eu', 'cart'), edge('cart', 'db', 'tcp')],
};
const KNOWN = { topology: TOPOLOGY, agents: ['eu-1', 'us-1'] };

function matched(selector: Selector): string[] {
  return matchTargets(selector, KNOWN).map(targetText);
}

describe('a selector', () => {
  it('matches everything of its type when it says nothing', () => {
    expect(matched({ type: 'edges' })).toEqual(['cart>db/tcp', 'gateway-eu>cart/http', 'gateway-us>cart/http']);
    expect(matched({ type: 'hosts' })).toEqual(['host:eu-1', 'host:us-1']);
  });

  it.each<[string, Selector, string[]]>([
    ['the source', { type: 'edges', source: 'gateway-*' }, ['gateway-eu>cart/http', 'gateway-us>cart/http']],
    ['the target', { type: 'edges', target: 'd*' }, ['cart>db/tcp']],
    ['the protocol', { type: 'edges', protocol: 'tcp' }, ['cart>db/tcp']],
    ['the region of the source', { type: 'edges', sourceRegion: 'us' }, ['gateway-us>cart/http']],
    ['the regions of both', { type: 'edges', sourceRegion: 'eu', targetRegion: 'us' }, ['cart>db/tcp']],
    ['the agent', { type: 'hosts', agent: 'us-*' }, ['host:us-1']],
    ['nothing there is', { type: 'edges', source: 'Gateway*' }, []],
  ])('goes by %s', (_, selector, targets) => {
    expect(matched(selector)).toEqual(targets);
  });
});

describe('how many a pick means', () => {
  it.each([
    [{ by: 'percent', percent: 30 }, 7, 3, '30 % of 7 is 2.1, rounded up to 3'],
    [{ by: 'percent', percent: 50 }, 8, 4, '50 % of 8 is 4'],
    [{ by: 'percent', percent: 7 }, 100, 7, '7 % of 100 is 7'],
    [{ by: 'percent', percent: 0.001 }, 3, 1, '0.001 % of 3 is 0.00003, rounded up to 1'],
    [{ by: 'count', count: 2 }, 5, 2, '2 of 5'],
    [{ by: 'count', count: 9 }, 5, 5, '9 asked for, and all there are is 5'],
    [{ by: 'all' }, 5, 5, 'all 5'],
  ] as const)('%j of %i is %i', (pick, of, count, rounding) => {
    expect(pickCount(pick, of)).toEqual({ count, rounding });
  });

  it('is never nothing, never more than there are, and never a whole target more than the share', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 100, noNaN: true }), fc.integer({ min: 1, max: 10_000 }), (percent, of) => {
        const { count } = pickCount({ by: 'percent', percent }, of);
        expect(count).toBeGreaterThanOrEqual(1);
        expect(count).toBeLessThanOrEqual(of);
        expect(count).toBeLessThan((percent * of) / 100 + 1);
      }),
      { numRuns: 1_000 },
    );
  });
});

const hosts = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { minLength: 1, maxLength: 40 }).map((agents) => agents.map((agent): FaultTarget => ({ type: 'host', agent })));
const seed = fc.integer({ min: 0, max: 0xffff_ffff });

describe('a pick', () => {
  it('is the same for the same seed, whatever the order of the matches', () => {
    fc.assert(
      fc.property(hosts, seed, fc.nat(40), (targets, drawn, count) => {
        expect(pickTargets([...targets].reverse(), count, drawn)).toEqual(pickTargets(targets, count, drawn));
      }),
      { numRuns: 300 },
    );
  });

  it('grows by adding to what it had, and loses only what is gone', () => {
    fc.assert(
      fc.property(hosts, seed, fc.nat(40), (targets, drawn, count) => {
        const picked = pickTargets(targets, count, drawn);
        expect(pickTargets(targets, count + 1, drawn).slice(0, picked.length)).toEqual(picked);
        const [gone, ...left] = targets;
        const without = pickTargets(left, targets.length, drawn);
        expect(without).toEqual(pickTargets(targets, targets.length, drawn).filter((target) => target !== gone));
      }),
      { numRuns: 300 },
    );
  });

  it('gives every target its turn over the seeds', () => {
    const targets = matchTargets({ type: 'edges' }, KNOWN);
    const drawn = new Set(Array.from({ length: 60 }, (_, i) => targetLabel(pickTargets(targets, 1, i)[0] ?? { type: 'host', agent: 'none' })));
    expect(drawn.size).toBe(3);
  });
});

describe('what is known', () => {
  it('is named, up to a number that can be read', () => {
    expect(knownText('edges', matchTargets({ type: 'edges', target: 'db' }, KNOWN))).toBe('cart -> db (tcp)');
    expect(knownText('hosts', [])).toBe('no hosts');
    const many = Array.from({ length: 25 }, (_, i): FaultTarget => ({ type: 'host', agent: `a${i}` }));
    expect(knownText('hosts', many)).toMatch(/host of a19 and 5 more$/);
  });
});
