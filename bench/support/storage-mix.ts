import { GRID_STEP_MS, gridStartMs, type DataSeries, type DataSet } from './data-set.js';

/** How a series goes on: the value after `value`. `chance` gives numbers in [0, 1). */
type Walk = (value: number, chance: () => number) => number;

interface Kind {
  /** Of all series. */
  readonly share: number;
  readonly metric: string;
  readonly start: (chance: () => number) => number;
  readonly walk: (series: number) => Walk;
}

const JOB = 'kubernetes-pods';
const PAGE_BYTES = 4_096;

/** What services expose, by how often: request counters, buckets of which few change, sums of durations, memory in pages, and gauges that measure. */
const KINDS: readonly Kind[] = [
  { share: 0.4, metric: 'http_requests_total', start: () => 0, walk: (series) => (value, chance) => value + poisson(1 + (series % 50), chance) },
  { share: 0.3, metric: 'http_request_duration_seconds_bucket', start: () => 0, walk: (series) => (value, chance) => value + (chance() < 0.02 * (1 + (series % 10)) ? 1 + Math.floor(chance() * 3) : 0) },
  { share: 0.1, metric: 'http_request_duration_seconds_sum', start: () => 0, walk: (series) => (value, chance) => value + poisson(1 + (series % 50), chance) * 0.02 * -Math.log(1 - chance()) },
  { share: 0.1, metric: 'process_resident_memory_bytes', start: (chance) => PAGE_BYTES * Math.floor(20_000 + 40_000 * chance()), walk: () => (value, chance) => (chance() < 0.4 ? value + PAGE_BYTES * Math.floor((chance() - 0.5) * 64) : value) },
  { share: 0.1, metric: 'queue_wait_seconds', start: (chance) => chance(), walk: () => (value, chance) => 0.9 * value + 0.1 * chance() },
];

/** `series` series of `steps` samples, the same every time. */
export function serviceMix(series: number, steps: number): DataSet {
  const chance = seededChance(42);
  const startMs = gridStartMs(steps, Date.now());
  const timesMs = Array.from({ length: steps }, (_, step) => startMs + step * GRID_STEP_MS);
  const all = KINDS.flatMap((kind) => Array.from({ length: Math.round(series * kind.share) }, (_, i): DataSeries => ({ labels: labelsOf(kind.metric, i), timesMs, values: valuesOf(kind, i, steps, chance) })));
  return { name: 'service mix', job: JOB, series: all };
}

function valuesOf({ start, walk }: Kind, series: number, steps: number, chance: () => number): number[] {
  const next = walk(series);
  const values = [start(chance)];
  while (values.length < steps) values.push(next(values.at(-1)!, chance));
  return values;
}

function labelsOf(metric: string, series: number): Record<string, string> {
  const pod = series >> 3;
  const service = `service-${pod % 20}`;
  return {
    ...{ __name__: metric, app: service, code: ['200', '204', '404', '500'][series & 3]!, method: (series & 4) === 0 ? 'GET' : 'POST' },
    ...(metric.endsWith('_bucket') ? { le: String(0.005 * 2 ** (series & 7)) } : {}),
    ...{ instance: `10.0.${pod % 250}.7:9090`, job: JOB, namespace: `team-${pod % 12}`, pod: `${service}-7d9f8b6c5-${pod.toString(36).padStart(5, 'x')}`, region: 'eu-central-1' },
  };
}

/** Of a mean of some tens, by counting (Knuth, The Art of Computer Programming, volume 2, section 3.4.1). */
function poisson(mean: number, chance: () => number): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; product *= chance()) count += 1;
  return count;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
