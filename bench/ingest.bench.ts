import type { ChildProcess } from 'node:child_process';
import { startEmbeddedPostgres } from '../test/support/embedded-postgres.js';
import { MetricClient } from '../test/support/metric-client.js';
import { startPrometheus } from '../test/support/prometheus-peer.js';
import { startServer } from '../test/support/server-process.js';
import { waitUntil } from '../test/support/wait-until.js';
import { nextMessage, startChild } from './support/child.js';
import { cpuSecondsOfTree } from './support/cpu-time.js';
import { printResult, round, type Bar } from './support/result.js';
import type { WriteOrder, WriteResult } from './support/write-load.js';

/**
 * How many samples a second are acknowledged through HTTP, how long an acknowledgement takes and what it costs: Faultline with its PostgreSQL, disk synced, against Prometheus'
 * own receiver in the same run, one after the other. The load comes from a process of its own on the same machine.
 */
const SERIES = 100_000;
const SERIES_A_REQUEST = 2_000;
// As many shards as Prometheus uses at most.
const CONNECTIONS = 50;
const ROUNDS = { warmUp: 10, measured: 80 };
const STEP_MS = 15_000;

const BAR_SAMPLES_PER_SEC = 1_000_000;

interface Measured extends WriteResult {
  readonly cpuSec: number;
}

interface Receiver {
  readonly name: string;
  readonly url: string;
  readonly token: string | null;
  readonly pids: readonly number[];
}

async function measure(receiver: Receiver, version: 1 | 2): Promise<Measured> {
  // Up to now, as a fleet sends; each way has series of its own.
  const fromMs = Math.floor(Date.now() / STEP_MS) * STEP_MS - (ROUNDS.warmUp + ROUNDS.measured) * STEP_MS;
  const order = { version, firstSeries: version * 1_000_000, url: receiver.url, token: receiver.token, series: SERIES, seriesARequest: SERIES_A_REQUEST, connections: CONNECTIONS, stepMs: STEP_MS };
  const warmUp = await prepare({ ...order, rounds: ROUNDS.warmUp, firstMs: fromMs });
  await go(warmUp);
  const load = await prepare({ ...order, rounds: ROUNDS.measured, firstMs: fromMs + ROUNDS.warmUp * STEP_MS });
  const before = cpuOf(receiver);
  const result = await go(load);
  return { ...result, cpuSec: cpuOf(receiver) - before };
}

async function prepare(order: WriteOrder): Promise<ChildProcess> {
  const child = startChild('write-load.js');
  const ready = nextMessage(child);
  child.send(order);
  await ready;
  return child;
}

async function go(child: ChildProcess): Promise<WriteResult> {
  const answer = nextMessage<WriteResult>(child);
  child.send('go');
  const result = await answer;
  child.disconnect();
  return result;
}

function cpuOf({ pids }: Receiver): number {
  return pids.reduce((sum, pid) => sum + (cpuSecondsOfTree(pid) ?? Number.NaN), 0);
}

function say(name: string, { samples, bytes, tookMs, p50Ms, p99Ms, cpuSec, refused, firstRefusal }: Measured): void {
  const perSec = (samples / tookMs) * 1_000;
  process.stdout.write(
    `${name}: ${round(perSec / 1e6, 3)} M samples/s, acknowledged after ${round(p50Ms, 1)} ms (p50) and ${round(p99Ms, 1)} ms (p99), ${round(cpuSec / (samples / 1e6), 2)} CPU s per million samples, ${round(bytes / samples, 1)} bytes a sample on the wire, ${refused} refused${firstRefusal === null ? '' : `, the first with ${firstRefusal}`}\n`,
  );
}

function barsOf(version: 1 | 2, ours: Measured, peer: Measured | null): Bar[] {
  const value = (measured: Measured) => ({ perSec: round((measured.samples / measured.tookMs) * 1_000, 0), p99: round(measured.p99Ms, 1), cpu: round(measured.cpuSec / (measured.samples / 1e6), 3) });
  const [mine, theirs] = [value(ours), peer === null ? null : value(peer)];
  const beside = (of: 'perSec' | 'p99' | 'cpu') => (theirs === null ? null : { name: 'Prometheus (1.0)', value: theirs[of] });
  return [
    { name: `remote write ${version}.0: acknowledged samples a second`, value: mine.perSec, unit: 'samples/s', bar: version === 2 ? BAR_SAMPLES_PER_SEC : null, holds: version === 2 ? mine.perSec >= BAR_SAMPLES_PER_SEC : null, peer: beside('perSec') },
    { name: `remote write ${version}.0: acknowledgement p99`, value: mine.p99, unit: 'ms', bar: null, holds: null, peer: beside('p99') },
    { name: `remote write ${version}.0: CPU per million samples`, value: mine.cpu, unit: 's', bar: theirs?.cpu ?? null, holds: theirs === null ? null : mine.cpu < theirs.cpu, peer: beside('cpu') },
  ];
}

async function main(): Promise<void> {
  const postgres = await startEmbeddedPostgres({ synced: true });
  const server = await startServer(postgres.url, { FAULTLINE_LOG_LEVEL: 'warn' });
  const prometheus = await startPrometheus({ outOfOrderSec: 0 });
  if (prometheus === null) process.stdout.write('Prometheus is not there: measured alone\n');
  try {
    const client = await MetricClient.create(await server.signIn());
    await waitUntil('the store writes', async () => ((await client.write(2, [{ labels: { __name__: 'ready' }, samples: [[Date.now(), 1]] }])).status === 204 ? true : undefined));
    const faultline = { name: 'Faultline', url: `${server.origin}/prometheus/api/v1/write`, token: client.token, pids: [server.pid, postgres.pid()] };
    const v2 = await measure(faultline, 2);
    say('Faultline, 2.0', v2);
    const v1 = await measure(faultline, 1);
    say('Faultline, 1.0', v1);
    const peer = prometheus === null ? null : await measure({ name: 'Prometheus', url: `${prometheus.origin}/api/v1/write`, token: null, pids: [prometheus.pid] }, 1);
    if (peer !== null) say(`Prometheus ${prometheus!.version}, 1.0`, peer);
    printResult('ingest', [...barsOf(2, v2, peer), ...barsOf(1, v1, peer)]);
  } finally {
    await prometheus?.stop();
    await server.stop();
    await postgres.stop();
  }
}

await main();
