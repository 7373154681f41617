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
const REPETITIONS = 7;
// Between two steps and two samples: Prometheus 2 takes in the sample at a window's very beginning, 3 and Faultline do not.
const ASKED_BEFORE_END_MS = 63_500;

const BAR_RATIO = 1;

interface Timed {
  readonly name: string;
  readonly samples: number;
  readonly oursMs: number;
  readonly theirsMs: number | null;
}

async function measure(query: DashboardQuery, { ours, theirs, nowSec }: { readonly ours: QueryPeer; readonly theirs: QueryPeer | null; readonly nowSec: number }): Promise<Timed> {
  const first = (await ask(ours, query, nowSec)).body;
  const samples = requireSameAnswers(query.name, first, theirs === null ? first : (await ask(theirs, query, nowSec)).body);
  const took: { readonly ours: number[]; readonly theirs: number[] } = { ours: [], theirs: [] };
  for (let i = 0; i < REPETITIONS; i += 1) {
    took.ours.push((await ask(ours, query, nowSec)).tookMs);
    if (theirs !== null) took.theirs.push((await ask(theirs, query, nowSec)).tookMs);
  }
  const name = `${query.range === null ? 'now' : `${query.range.rangeSec / 3_600} h by ${query.range.stepSec} s`}: ${query.name}`;
  return { name, samples, oursMs: quantile(took.ours, 0.5), theirsMs: theirs === null ? null : quantile(took.theirs, 0.5) };
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
  const server = await startServer(postgres.url, { FAULTLINE_LOG_LEVEL: 'warn', FAULTLINE_METRICS_JOURNAL_SEC: '20' });
  const client = await MetricClient.create(await server.signIn());
  await waitUntil('the store writes', async () => (await client.write(2, [])).status === 204);
  const week = await loadWeekOfData(client, postgres);
  try {
    const { endMs, samples, series, prometheus } = week;
    process.stdout.write(prometheus === null ? 'Prometheus is not there: measured alone\n' : `Prometheus ${prometheus.version}\n`);
    process.stdout.write(`${samples} samples of ${series} series\n`);
    const ours = { url: `${server.origin}/prometheus`, token: client.token };
    const theirs = prometheus === null ? null : { url: prometheus.origin, token: null };
    const timed: Timed[] = [];
    for (const query of DASHBOARD_QUERIES) {
      timed.push(await measure(query, { ours, theirs, nowSec: (endMs - ASKED_BEFORE_END_MS) / 1_000 }));
      say(timed.at(-1)!);
    }
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
