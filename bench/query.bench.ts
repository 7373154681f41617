import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../test/support/embedded-postgres.js';
import { MetricClient } from '../test/support/metric-client.js';
import { startServer } from '../test/support/server-process.js';
import { waitUntil } from '../test/support/wait-until.js';
import { DASHBOARD_QUERIES, type DashboardQuery } from './support/dashboard-queries.js';
import { ask, closeConnections, requireSameAnswers, type QueryPeer } from './support/query-client.js';
import { printResult, quantile, round, type Bar } from './support/result.js';
import { loadWeekOfData } from './support/week-of-data.js';

/**
 * How long twenty queries of dashboards take over the same week of data, in Faultline with its PostgreSQL and in Prometheus, over HTTP in the same run. The two take turns;
 * before anything is timed their answers are compared.
 */
const ROUNDS = 15;
// Between two steps and two samples: Prometheus 2 takes in the sample at a window's very beginning, 3 and Faultline do not.
const ASKED_BEFORE_END_MS = 63_500;

const BAR_RATIO = 1;

interface Asked {
  readonly ours: QueryPeer;
  /** Null where there is none. */
  readonly theirs: QueryPeer | null;
  readonly nowSec: number;
}

interface Timed {
  readonly name: string;
  readonly samples: number;
  readonly oursMs: number;
  readonly theirsMs: number | null;
}

/** The warm-up: fails unless both give the same. Gives how many samples each answer has. */
async function compareAnswers(asked: Asked): Promise<number[]> {
  const samples: number[] = [];
  for (const query of DASHBOARD_QUERIES) {
    const { body } = await ask(asked.ours, query, asked.nowSec);
    samples.push(requireSameAnswers(query.name, body, asked.theirs === null ? body : (await ask(asked.theirs, query, asked.nowSec)).body));
  }
  return samples;
}

/** All queries, then all again: as a dashboard that is left open. */
async function measure({ ours, theirs, nowSec }: Asked, samples: readonly number[]): Promise<Timed[]> {
  const took = DASHBOARD_QUERIES.map((query) => ({ query, ours: [] as number[], theirs: [] as number[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of took) {
      one.ours.push((await ask(ours, one.query, nowSec)).tookMs);
      if (theirs !== null) one.theirs.push((await ask(theirs, one.query, nowSec)).tookMs);
    }
  }
  return took.map((one, i) => ({ name: titleOf(one.query), samples: samples[i]!, oursMs: quantile(one.ours, 0.5), theirsMs: theirs === null ? null : quantile(one.theirs, 0.5) }));
}

function titleOf({ name, range }: DashboardQuery): string {
  return `${range === null ? 'now' : `${range.rangeSec / 3_600} h by ${range.stepSec} s`}: ${name}`;
}

function say({ name, samples, oursMs, theirsMs }: Timed): void {
  const beside = theirsMs === null ? '' : `, Prometheus ${round(theirsMs)} ms, ratio ${round(oursMs / theirsMs)}`;
  process.stdout.write(`${name} (${samples} samples): Faultline ${round(oursMs)} ms${beside}\n`);
}

function barsOf(timed: readonly Timed[]): Bar[] {
  const each = timed.map(({ name, oursMs, theirsMs }) => ({ name, value: round(oursMs), unit: 'ms', bar: null, holds: null, peer: theirsMs === null ? null : { name: 'Prometheus', value: round(theirsMs) } }));
  const ratios = timed.flatMap(({ oursMs, theirsMs }) => (theirsMs === null ? [] : [oursMs / theirsMs]));
  if (ratios.length === 0) return each;
  const mean = round(Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length), 3);
  return [{ name: 'geometric mean of the ratios', value: mean, unit: '', bar: BAR_RATIO, holds: mean <= BAR_RATIO, peer: null }, ...each];
}

async function main(): Promise<void> {
  const postgres = await startEmbeddedPostgres({ synced: true });
  // What the server would scrape of itself would keep the journal from ever being empty: a job of that name goes before its own.
  const scrapeNothing = join(postgres.dataDir, 'scrape.yml');
  await writeFile(scrapeNothing, 'scrape_configs: [{ job_name: faultline-server }]\n');
  const server = await startServer(postgres.url, { FAULTLINE_LOG_LEVEL: 'warn', FAULTLINE_METRICS_JOURNAL_SEC: '20', FAULTLINE_SCRAPE_CONFIG: scrapeNothing });
  const client = await MetricClient.create(await server.signIn());
  await waitUntil('the store writes', async () => (await client.write(2, [])).status === 204);
  const week = await loadWeekOfData(client, postgres);
  try {
    const { endMs, samples, series, prometheus } = week;
    process.stdout.write(prometheus === null ? 'Prometheus is not there: measured alone\n' : `Prometheus ${prometheus.version}\n`);
    process.stdout.write(`${samples} samples of ${series} series\n`);
    const asked = {
      ours: { url: `${server.origin}/prometheus`, token: client.token },
      theirs: prometheus === null ? null : { url: prometheus.origin, token: null },
      nowSec: (endMs - ASKED_BEFORE_END_MS) / 1_000,
    };
    const timed = await measure(asked, await compareAnswers(asked));
    timed.forEach(say);
    const bars = barsOf(timed);
    if (prometheus !== null) process.stdout.write(`geometric mean of the ratios: ${bars[0]!.value}\n`);
    printResult('query', bars);
  } finally {
    closeConnections();
    await week.stop();
    await server.stop();
    await postgres.stop();
  }
}

await main();
