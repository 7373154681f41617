/**
 * `npm run conformance -- prometheus`: a real Prometheus asks a node exporter and itself, and sends everything to Faultline by remote write; then both are asked the same.
 * In the middle of it the server is killed. Takes about two minutes. The last line is RESULT {json}.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { countsOf, textOf } from './checks.js';
import type { Check } from './checks.js';
import { clearOfWholeSeconds, evaluationTimes } from './evaluation-times.js';
import { startLab } from './lab.js';
import type { Lab } from './lab.js';
import { checkMetadata } from './metadata-checks.js';
import { LEFT_OUT, QUERIES, subqueries } from './queries.js';
import { checkQuery } from './query-checks.js';
import { checkSamples } from './sample-checks.js';
import { checkExporterGone, checkOwnScrape } from './scrape-checks.js';
import { roundTimes, untilWritten } from './written-window.js';

const BEFORE_KILL_MS = 45_000;
const AWAY_MS = 5_000;
const AFTER_KILL_MS = 45_000;
// The first rounds are left out: series begin there, and the two versions extrapolate to a beginning differently.
const SETTLED_MS = 5_000;
// The longest window of the queries, with what their offsets add.
const LONGEST_MS = 35_000;
// Some queries look so far ahead.
const AHEAD_MS = 6_000;
const STEP_MS = 3_000;
// Timestamps are whole milliseconds; one on either side is enough.
const CLEAR_MS = 2;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function told(checks: readonly Check[]): readonly Check[] {
  for (const check of checks) say(textOf(check));
  return checks;
}

async function collect(lab: Lab): Promise<number> {
  say(`Collecting for ${(BEFORE_KILL_MS + AWAY_MS + AFTER_KILL_MS) / 1_000} s; the server is killed after ${BEFORE_KILL_MS / 1_000} s and started again ${AWAY_MS / 1_000} s later`);
  await sleep(BEFORE_KILL_MS);
  await lab.killServer();
  await sleep(AWAY_MS);
  await lab.restartServer();
  await sleep(AFTER_KILL_MS);
  const endMs = Date.now();
  await untilWritten(lab.faultline, endMs);
  return endMs;
}

async function checkQueries(lab: Lab, sampleTimesMs: readonly number[], { fromMs, toMs }: Span): Promise<Check[]> {
  const times = evaluationTimes(sampleTimesMs, fromMs + LONGEST_MS, toMs - AHEAD_MS, STEP_MS);
  say(`\nRange queries from ${new Date(times.startMs).toISOString()} to ${new Date(times.endMs).toISOString()}, every ${STEP_MS / 1_000} s, ${times.clearMs} ms away from any sample`);
  const skip = (query: string, problem: string): Check => told([{ name: query, outcome: 'skipped', problem }])[0]!;
  const ask = async (query: string): Promise<Check> => told([await checkQuery(query, times, lab.prometheus, lab.faultline)])[0]!;
  const checks: Check[] = [];
  for (const query of [...QUERIES, ...subqueries(clearOfWholeSeconds(times))]) checks.push(times.clearMs < CLEAR_MS ? skip(query, 'samples fall on every moment') : await ask(query));
  for (const { what, why } of LEFT_OUT) say(`  not asked: ${what}: ${why}`);
  return checks;
}

async function checkAll(lab: Lab): Promise<void> {
  const collectedMs = await collect(lab);
  const rounds = await roundTimes(lab.prometheus, collectedMs);
  const firstMs = Math.max(...rounds.map((timesMs) => timesMs[0]!));
  const { startMs: fromMs, endMs: toMs } = evaluationTimes(rounds.flat(), firstMs + SETTLED_MS, collectedMs, 1_000);
  say('\nRemote write, over the time in which the server was killed');
  const { checks: sampleChecks, samples } = await checkSamples(lab.prometheus, lab.faultline, toMs, toMs - fromMs);
  told(sampleChecks);
  const queryChecks = await checkQueries(lab, rounds.flat(), { fromMs, toMs });
  say('\nSeries, labels and metadata');
  const nameChecks = told(await checkMetadata(lab.prometheus, lab.faultline, { fromMs: lab.startedMs, toMs: Date.now() }));
  say('\nThe same exporter, asked by both');
  const scrapeChecks = [...told(await checkOwnScrape(lab.prometheus, lab.faultline))];
  await lab.killExporter();
  scrapeChecks.push(...told(await checkExporterGone(lab.faultline)));
  const all = [...sampleChecks, ...queryChecks, ...nameChecks, ...scrapeChecks];
  say(`RESULT ${JSON.stringify({ name: 'prometheus', ...countsOf(all), queries: countsOf(queryChecks), samplesCompared: samples, against: lab.versions })}`);
}

async function main(): Promise<number> {
  const lab = await startLab();
  if ('absent' in lab) {
    const skipped = QUERIES.length + subqueries(1).length;
    say(`There is no ${lab.absent} on this machine: nothing was compared, ${skipped} queries were skipped.`);
    say(`RESULT ${JSON.stringify({ name: 'prometheus', passed: 0, failed: 0, skipped, absent: lab.absent })}`);
    return 0;
  }
  say(`Prometheus conformance against ${lab.versions}`);
  try {
    await checkAll(lab);
    return 0;
  } catch (error) {
    say(lab.log().split('\n').slice(-40).join('\n'));
    throw error;
  } finally {
    await lab.stop();
  }
}

process.exitCode = await main();
