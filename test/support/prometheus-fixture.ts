import type { Histogram, Labels } from '#metrics';
import type { ActiveTarget, TargetsReader } from '../../apps/server/src/prometheus/targets-reader.js';
import type { MemoryStore } from './memory-metric-source.js';

/** 2 counts in (1,2], 1 in the zero bucket. */
export const HISTOGRAM: Histogram = {
  schema: 0,
  zeroThreshold: 0.001,
  zeroCount: 1,
  count: 3,
  sum: 3.5,
  positive: { spans: [{ offset: 1, length: 1 }], counts: [2] },
  negative: { spans: [], counts: [] },
  customBounds: [],
  resetHint: 'unknown',
};

const sample = { fromMs: 0, stepMs: 10_000 };
const counting = Array.from({ length: 31 }, (_, i) => i * 10);

/** Two teams. Everything of team b, its names and values included, has `secret` in it. */
export const TEAMS: MemoryStore = {
  series: [
    { ...sample, labels: { __name__: 'requests_total', team: 'a', instance: 'one:80', job: 'shop' }, values: counting, exemplars: [{ labels: { trace_id: 'abc' }, value: 0.5, timeMs: 20_123 }] },
    { ...sample, labels: { __name__: 'requests_total', team: 'b', instance: 'secret:80', job: 'secret' }, values: counting.map((value) => value * 2), exemplars: [{ labels: { trace_id: 'secret' }, value: 1, timeMs: 20_000 }] },
    { ...sample, labels: { __name__: 'secret_total', team: 'b', secret_label: 'secret' }, values: counting },
    { ...sample, labels: { __name__: 'latency', team: 'a' }, values: counting.map(() => HISTOGRAM) },
    { ...sample, labels: { __name__: 'odd', team: 'a', 'http.method': 'GET' }, values: [1e21, 1e-7, -0, NaN, Infinity, -Infinity, 0.1] },
    { ...sample, labels: { __name__: 'target_info', team: 'a', instance: 'one:80', job: 'shop', version: '1' }, values: counting.map(() => 1) },
    { ...sample, labels: { __name__: 'target_info', team: 'b', instance: 'one:80', job: 'shop', secret_version: 'secret' }, values: counting.map(() => 1) },
  ],
  metadata: { requests_total: { type: 'counter', help: 'Requests "answered".', unit: '' }, secret_total: { type: 'counter', help: 'secret', unit: '' } },
};

const labelsOf = (pairs: Readonly<Record<string, string>>): Labels => Object.entries(pairs).map(([name, value]) => ({ name, value }));

function target(team: string, instance: string, pool: string, over: Partial<ActiveTarget> = {}): ActiveTarget {
  return {
    discoveredLabels: labelsOf({ __address__: instance }),
    labels: labelsOf({ instance, job: pool, team }),
    scrapePool: pool,
    scrapeUrl: `http://${instance}/metrics`,
    globalUrl: `http://${instance}/metrics`,
    lastError: '',
    lastErrorSinceMs: null,
    samplesLastScrape: 12,
    lastScrapeMs: Date.UTC(2025, 0, 2, 3, 4, 5, 678),
    lastScrapeDurationSec: 0.012,
    health: 'up',
    scrapeIntervalMs: 90_000,
    scrapeTimeoutMs: 10_000,
    ...over,
  };
}

/** A target of each team, and what was dropped, which is the secret of team b too. */
export const TEAM_TARGETS: TargetsReader = {
  config: () => ({ valid: true, appliedAt: new Date(0) }),
  pools: () => ['secret', 'shop'],
  active: () => [target('a', 'one:80', 'shop'), target('b', 'secret:80', 'secret', { health: 'unknown', lastScrapeMs: null })],
  dropped: () => [{ discoveredLabels: labelsOf({ __address__: 'secret:81' }), scrapePool: 'secret' }],
  droppedCounts: () => new Map([['secret', 1]]),
  metadataOf: ({ scrapePool }) => new Map([[`${scrapePool}_total`, { type: 'counter', help: scrapePool, unit: '' }]]),
};
