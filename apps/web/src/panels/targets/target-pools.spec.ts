import { describe, expect, it } from 'vitest';
import type { ActiveTarget } from '../../api/prometheus-api.js';
import { droppedPools, healthCounts, momentMs, targetPools } from './target-pools.js';
import { parseTargetsSearch } from './targets-address.js';

const target = (scrapePool: string, host: string, health: ActiveTarget['health'] = 'up'): ActiveTarget => ({
  discoveredLabels: {},
  labels: { instance: host, job: scrapePool },
  scrapePool,
  scrapeUrl: `http://${host}/metrics`,
  lastError: health === 'down' ? 'connection refused' : '',
  lastScrape: '2026-11-23T08:00:00Z',
  lastScrapeDuration: 0.1,
  health,
});
const data = { activeTargets: [target('node', 'n10'), target('node', 'n9'), target('node', 'n1', 'down'), target('app', 'a', 'unknown')], droppedTargets: [] };
const hosts = (search: Parameters<typeof targetPools>[1]) => targetPools(data, search).map(({ name, targets }) => [name, ...targets.map(({ labels }) => labels.instance)]);

describe('targetPools', () => {
  it('puts pools by name and what is down first', () => expect(hosts({})).toEqual([['app', 'a'], ['node', 'n1', 'n9', 'n10']]));
  it('finds words in addresses, labels and errors', () => {
    expect(hosts({ q: 'REFUSED node' })).toEqual([['node', 'n1']]);
    expect(hosts({ q: 'job="app"' })).toEqual([['app', 'a']]);
  });
  it('filters by health and still counts all', () => expect(targetPools(data, { health: 'down' }).map(({ up, total, targets }) => [up, total, targets.length])).toEqual([[2, 3, 1]]));
});

it('counts by health', () => expect(healthCounts(data)).toEqual({ up: 2, down: 1, unknown: 1 }));

describe('droppedPools', () => {
  it('knows of more than are listed', () => {
    const pools = droppedPools({ activeTargets: [], droppedTargets: [{ discoveredLabels: { job: 'a' } }, { discoveredLabels: {}, scrapePool: 'b' }], droppedTargetCounts: { b: 40, c: 0 } });
    expect(pools.map(({ name, targets, total }) => [name, targets.length, total])).toEqual([['a', 1, 1], ['b', 1, 40]]);
  });
});

describe('momentMs', () => {
  it('reads a time, and the zero of Go as never', () => expect([momentMs('2027-01-15T08:00:00.5Z'), momentMs('0001-01-01T00:00:00Z'), momentMs(null), momentMs('x')]).toEqual([1_800_000_000_500, null, null, null]));
});

describe('parseTargetsSearch', () => {
  it('keeps what it understands', () => expect([parseTargetsSearch({ q: 'x', health: 'down' }), parseTargetsSearch({ q: '', health: 'fine', z: 1 })]).toEqual([{ q: 'x', health: 'down' }, {}]));
});
