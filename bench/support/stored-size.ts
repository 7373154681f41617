import { randomUUID } from 'node:crypto';
import { HeadBoard } from '../../apps/server/src/metrics/head-board.js';
import { WriterLink } from '../../apps/server/src/metrics/writer-link.js';
import type { WriterSettings } from '../../apps/server/src/metrics/writer/writer-messages.js';
import { prepareDatabase } from '../../apps/server/src/storage/prepare-database.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../test/support/embedded-postgres.js';
import { MetricClient } from '../../test/support/metric-client.js';
import { remoteWriteBody } from '../../test/support/remote-write-body.js';
import { startServer } from '../../test/support/server-process.js';
import { waitUntil } from '../../test/support/wait-until.js';
import { sampleCount, type DataSet } from './data-set.js';

/** Bytes of every table of the metric store, indexes and values stored apart included, by table; partitions count for theirs. */
export type StoredSize = Readonly<Record<string, number>>;

const SERIES_A_REQUEST = 200;
const COMPACTED_WITHIN_MS = 300_000;
const COUNT_FROM_BEGIN = '30d';
const DAY_MS = 86_400_000;
const LIMITS = { maxSeries: 1e6, maxSeriesPerMetric: 1e6, maxLabels: 100, maxNameBytes: 1_024, maxValueBytes: 8_192, outOfOrderMs: 0, maxAheadMs: 0, keepMs: 30 * DAY_MS };

const SIZES = `
  SELECT regexp_replace(relname, '_[0-9]+$', '') AS name, sum(pg_total_relation_size(pg_class.oid))::float8 AS bytes
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE nspname = 'public' AND relname LIKE 'metric\\_%' AND relkind IN ('r', 'S') GROUP BY 1 ORDER BY 1`;

/** Writes the samples with the product's own writer, waits until they have come to rest, and checks with its own server that all are there. */
export async function storedSize(data: DataSet): Promise<StoredSize> {
  const postgres = await startEmbeddedPostgres();
  try {
    await prepareDatabase(postgres.url);
    // Into one part of the journal, as the samples of a window come to rest together too.
    await withWriter(postgres, DAY_MS, (writer) => writeAll(writer, data));
    await withWriter(postgres, 1, () => waitUntil('everything is in segments', async () => ((await leftToCompact(postgres)) ? undefined : true), COMPACTED_WITHIN_MS));
    const sizes = await postgres.query<{ name: string; bytes: number }>(SIZES);
    await checkCount(postgres, data);
    return Object.fromEntries(sizes.map(({ name, bytes }) => [name, bytes]));
  } finally {
    await postgres.stop();
  }
}

async function withWriter(postgres: EmbeddedPostgres, partMs: number, work: (writer: WriterLink) => Promise<unknown>): Promise<void> {
  const settings: WriterSettings = { databaseUrl: postgres.url, holder: randomUUID(), board: HeadBoard.allocate(), limits: LIMITS, pace: { partMs, partSamples: Infinity, windowRestMs: 0 }, maxBodyBytes: 64 * 1_048_576 };
  let writer: WriterLink | undefined;
  await new Promise<void>((resolve) => {
    writer = new WriterLink(settings, { state: (state) => (state === 'writing' ? resolve() : undefined), counts: () => undefined, log: (level, message) => (level === 'log' ? undefined : process.stderr.write(`${message}\n`)), restarted: () => undefined });
  });
  try {
    await work(writer!);
  } finally {
    await writer!.stop();
  }
}

async function writeAll(writer: WriterLink, { series }: DataSet): Promise<void> {
  for (let at = 0; at < series.length; at += SERIES_A_REQUEST) {
    const some = series.slice(at, at + SERIES_A_REQUEST).map(({ labels, timesMs, values }) => ({ labels, samples: timesMs.map((timeMs, i) => [timeMs, values[i]!] as const) }));
    const { refusals } = await writer.write(2, Uint8Array.from(remoteWriteBody(2, some)));
    if (refusals.length > 0) throw new Error(`The writer refused samples: ${refusals[0]!.reason}`);
  }
}

async function leftToCompact(postgres: EmbeddedPostgres): Promise<boolean> {
  const [left] = await postgres.query<{ rows: number }>('SELECT ((SELECT count(*) FROM metric_journal) + (SELECT count(*) FROM metric_recent))::int AS rows');
  return left?.rows !== 0;
}

/** A size of samples that are not there is no size. The server's own series, which it scrapes, have another job. */
async function checkCount(postgres: EmbeddedPostgres, data: DataSet): Promise<void> {
  const server = await startServer(postgres.url, { FAULTLINE_LOG_LEVEL: 'warn' });
  try {
    const client = await MetricClient.create(await server.signIn());
    const { data: answer } = await client.ask<{ readonly result: readonly { readonly value: readonly [number, string] }[] }>('query', { query: `sum(count_over_time({job="${data.job}"}[${COUNT_FROM_BEGIN}]))` });
    const stored = Number(answer.result[0]?.value[1]);
    if (stored !== sampleCount(data)) throw new Error(`Of ${sampleCount(data)} samples of the ${data.name} ${stored} are stored.`);
  } finally {
    await server.stop();
  }
}
