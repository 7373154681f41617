import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeSegment, SAMPLE_KIND, type Histogram, type SampleRun } from '#metrics';
import { prepareDatabase } from '../../apps/server/src/storage/prepare-database.js';
import { SPECIAL_VALUES, bitsOf, someHistogram, someValue } from '../../libs/metrics/src/codec/codec.fixture.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';

const WINDOW_MS = 7_200_000;
const START_MS = 236_111 * WINDOW_MS;
const DAY = Math.floor(START_MS / 86_400_000);
const KINDS = { float: SAMPLE_KIND.float, histogram: SAMPLE_KIND.histogram, stale: SAMPLE_KIND.stale };

interface SqlSample {
  readonly ms: string;
  readonly kind: keyof typeof KINDS;
  readonly value: number | null;
  readonly histogram: Histogram | null;
}

let postgres: EmbeddedPostgres;
let written = 0;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  await prepareDatabase(postgres.url);
  await postgres.query(`INSERT INTO metric_name (name) VALUES ('before'), ('http_requests_total'), ('behind')`);
  for (const [i, instance] of ['a', 'b', 'c'].entries()) {
    await postgres.query(`INSERT INTO metric_series (metric_id, hash, labels) VALUES (2, $1, $2)`, [Buffer.from([i]), { __name__: 'http_requests_total', instance, job: 'shop' }]);
  }
  await postgres.query(`CREATE TABLE metric_segment_x PARTITION OF metric_segment FOR VALUES IN (${DAY})`);
  await postgres.query(`CREATE TABLE metric_recent_x PARTITION OF metric_recent FOR VALUES IN (${START_MS})`);
});
afterAll(async () => {
  await postgres?.stop();
});
beforeEach(async () => {
  await postgres.query('TRUNCATE metric_segment, metric_recent');
});

async function store(table: 'metric_segment' | 'metric_recent', runs: ReadonlyMap<number, SampleRun>): Promise<void> {
  const { directory, data } = encodeSegment([...runs].map(([seriesId, samples]) => ({ seriesId, samples })));
  const day = table === 'metric_segment' ? [DAY] : [];
  const values = [...day, START_MS, ++written, 0, 1, 3, 1, 3, Buffer.from(directory), Buffer.from(data)];
  await postgres.query(`INSERT INTO ${table} VALUES (${values.map((_, i) => `$${i + 1}`).join(', ')})`, values);
}

async function read(matching: object = {}, fromMs = START_MS, toMs = START_MS + WINDOW_MS - 1): Promise<Map<number, SqlSample[]>> {
  const rows = await postgres.query<SqlSample & { series_id: number }>(
    `SELECT series_id, round(extract(epoch FROM time) * 1000)::text AS ms, kind, value, histogram FROM metric_samples('http_requests_total', to_timestamp($1::float8 / 1000), to_timestamp($2::float8 / 1000), $3)`,
    [fromMs, toMs, matching],
  );
  const found = new Map<number, SqlSample[]>();
  for (const { series_id: id, ...sample } of rows) found.set(id, [...(found.get(id) ?? []), sample]);
  return found;
}

/** As the functions give them. JSON has no NaN and no infinity: those are text there. */
function asSql({ timesMs, values, kinds, histograms }: SampleRun): unknown[] {
  return Array.from(timesMs, (timeMs, i) => {
    const kind = kinds?.[i] ?? SAMPLE_KIND.float;
    return { ms: String(timeMs), kind, value: kind === SAMPLE_KIND.float ? bitsOf(values[i]!) : null, histogram: textOf(histograms?.[i] ?? null) };
  });
}

function plain(samples: readonly SqlSample[]): unknown[] {
  return samples.map(({ ms, kind, value, histogram }) => ({ ms, kind: KINDS[kind], value: value === null ? null : bitsOf(value), histogram: textOf(histogram) }));
}

function textOf(histogram: Histogram | null): string | null {
  if (histogram === null) return null;
  const inOrder = Object.fromEntries(Object.entries(histogram).sort(([one], [other]) => (one < other ? -1 : 1)));
  return JSON.stringify(inOrder, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : Object.is(value, -0) ? 0 : value === null || typeof value !== 'object' || Array.isArray(value) ? value : Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))));
}

const times = (count: number, stepMs = 15_000): Float64Array => Float64Array.from({ length: count }, (_, i) => START_MS + i * stepMs);
const floats = (values: readonly number[], timesMs = times(values.length)): SampleRun => ({ timesMs, values: Float64Array.from(values), kinds: null, histograms: null, startsMs: null });

const walk = (steps: fc.Arbitrary<number>, of: (sum: number) => number): fc.Arbitrary<number[]> =>
  fc.array(steps, { minLength: 1, maxLength: 150 }).map((taken) => {
    let sum = 1_000;
    return taken.map((step) => of((sum += step)));
  });
const someValues = fc.oneof(
  fc.array(someValue, { minLength: 1, maxLength: 40 }),
  walk(fc.integer({ min: 0, max: 100 }), (sum) => sum),
  walk(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -3, max: 9 }) }), (sum) => sum),
  walk(fc.integer({ min: -500, max: 500 }), (sum) => sum * 4_096),
  walk(fc.integer({ min: -20, max: 300 }), (sum) => sum / 1_000),
  walk(fc.integer({ min: 0, max: 300 }), (sum) => sum * 0.001),
  walk(fc.double({ min: 0, max: 5, noNaN: true }), (sum) => sum),
  walk(fc.constantFrom(0, 2 ** 20, 2 ** 45, 2 ** 50, -(2 ** 50)), (sum) => sum),
);
const someTimes = (count: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(15_000) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 30_000 }) }), { minLength: count, maxLength: count }).map((gaps) => {
    let timeMs = START_MS - 1;
    return Float64Array.from(gaps, (gap) => (timeMs += gap));
  });
const someFloats = someValues.chain((values) => someTimes(values.length).map((timesMs) => floats(values, timesMs)));
const someMixed = fc.array(fc.oneof(someValue, fc.constant('stale' as const), someHistogram), { minLength: 1, maxLength: 25 }).map((samples): SampleRun => ({
  timesMs: times(samples.length),
  values: Float64Array.from(samples, (sample) => (typeof sample === 'number' ? sample : NaN)),
  kinds: Uint8Array.from(samples, (sample) => (typeof sample === 'number' ? SAMPLE_KIND.float : sample === 'stale' ? SAMPLE_KIND.stale : SAMPLE_KIND.histogram)),
  histograms: samples.map((sample) => (typeof sample === 'object' ? sample : null)),
  startsMs: Float64Array.from(samples, (_, i) => (i % 3 === 0 ? START_MS - 5_000 : START_MS - 9_000)),
}));
const someRun = fc.oneof({ weight: 3, arbitrary: someFloats }, { weight: 1, arbitrary: someMixed });

describe('metric_samples', () => {
  it('gives every sample of a block bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someRun, { minLength: 1, maxLength: 3 }), async (runs) => {
        await postgres.query('TRUNCATE metric_segment');
        await store('metric_segment', new Map(runs.map((run, i) => [i + 1, run])));
        const found = await read();
        runs.forEach((run, i) => expect(plain(found.get(i + 1) ?? [])).toEqual(asSql({ ...run }).filter((_, at) => run.timesMs[at]! < START_MS + WINDOW_MS)));
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('gives every special value', async () => {
    const run = floats(SPECIAL_VALUES);
    await store('metric_segment', new Map([[1, run]]));
    expect(plain((await read()).get(1) ?? [])).toEqual(asSql(run));
  });

  it('joins segments and recent blocks, of one moment what was written first', async () => {
    await store('metric_segment', new Map([[1, floats([1, 2, 3])]]));
    await store('metric_recent', new Map([[1, floats([9, 9], Float64Array.of(START_MS + 15_000, START_MS + 60_000))]]));
    expect((await read()).get(1)?.map(({ value }) => value)).toEqual([1, 2, 3, 9]);
  });

  it('gives only what is asked for', async () => {
    await store('metric_segment', new Map([[1, floats([1, 2, 3])], [2, floats([4, 5, 6])], [3, floats([7, 8, 9])]]));
    expect([...(await read({ instance: 'b' })).keys()]).toEqual([2]);
    expect((await read({ instance: 'b' }, START_MS + 1, START_MS + 15_000)).get(2)?.map(({ value }) => value)).toEqual([5]);
    expect(await read({ instance: 'z' })).toEqual(new Map());
  });

  it('names a block that is damaged', async () => {
    await store('metric_segment', new Map([[1, floats(Array.from({ length: 100 }, (_, i) => (i * 7_919) % 10_007))]]));
    await postgres.query(`UPDATE metric_segment SET data = substring(data FOR 5)`);
    await expect(read()).rejects.toThrow(/The metric block \d+\/\d+\/0 cannot be read/);
  });

  it('reads no partition that it need not', async () => {
    const plan = await postgres.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT 1 FROM metric_segment b WHERE b.day BETWEEN ${DAY + 1} AND ${DAY + 1}`);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).not.toContain('metric_segment_x');
  });
});
