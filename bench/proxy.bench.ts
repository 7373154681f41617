import { askChild, nextMessage, startChild } from './support/child.js';
import { cpuSeconds } from './support/cpu-time.js';
import { startWays } from './support/proxy-ways.js';
import type { Way, WayName } from './support/proxy-ways.js';
import { printResult, quantile, round } from './support/result.js';
import type { Bar } from './support/result.js';
import type { TrafficOrder, TrafficResult } from './support/traffic-load.js';
import type { UpstreamPorts } from './support/traffic-upstream.js';

/**
 * What a hop through a proxy costs: direct, Faultline (bytes only, and with HTTP sensors), Toxiproxy and HAProxy where present, in alternating
 * rounds of one run on one machine. Load, upstream and proxy are processes of their own and share the cores, as they do for a user.
 */
const ROUNDS = 5;
const ROUND_MS = 2_000;
const STREAM_BYTES = 1_073_741_824;
const CONNECTIONS = [1, 32, 256] as const;
const CONNECTS_AT_ONCE = 8;
const DELAYS_MS = [1, 10, 100] as const;
const DELAY_SAMPLES_MS = 3_000;
const DELAY_ERROR_BAR_MS = 1;
const SENSOR_COST_BAR = 0.15;

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
}

/** Every measured value, by figure and way. */
class Samples {
  private readonly values = new Map<string, number[]>();

  add(figure: string, way: WayName, value: number): void {
    const key = `${figure}/${way}`;
    this.values.set(key, [...(this.values.get(key) ?? []), value]);
  }

  median(figure: string, way: WayName): number | null {
    const found = this.values.get(`${figure}/${way}`);
    return found === undefined ? null : quantile(found, 0.5);
  }
}

const samples = new Samples();
const run = (order: TrafficOrder): Promise<TrafficResult> => askChild<TrafficResult>('traffic-load.js', order);

const ROUND_TRIP_P50: Figure = { name: 'round trip p50', unit: 'ms', better: 'less' };
const ROUND_TRIP_P99: Figure = { name: 'round trip p99', unit: 'ms', better: 'less' };
const CONNECTS: Figure = { name: 'connections per second', unit: '1/s', better: 'more' };
const THROUGHPUT: Figure = { name: 'throughput', unit: 'MiB/s', better: 'more' };
const CPU_PER_GIB: Figure = { name: 'processor time per GiB', unit: 's', better: 'less' };
const CPU_PER_MILLION: Figure = { name: 'processor time per million requests', unit: 's', better: 'less' };
const requestsAt = (connections: number): Figure => ({ name: `requests per second, ${connections} connections`, unit: '1/s', better: 'more' });

/** Runs `measure` and gives the processor seconds that the way's proxy used meanwhile; null for the direct way. */
async function withCpu(way: Way, measure: () => Promise<TrafficResult>): Promise<{ result: TrafficResult; cpuSec: number | null }> {
  const before = way.pid === null ? null : cpuSeconds(way.pid);
  const result = await measure();
  const after = way.pid === null ? null : cpuSeconds(way.pid);
  return { result, cpuSec: before === null || after === null ? null : after - before };
}

async function roundTrips(way: Way): Promise<void> {
  const { eachMs } = await run({ type: 'round-trips', port: way.ports.echo, durationMs: ROUND_MS, pauseMs: 0 });
  samples.add(ROUND_TRIP_P50.name, way.name, quantile(eachMs, 0.5));
  samples.add(ROUND_TRIP_P99.name, way.name, quantile(eachMs, 0.99));
}

async function requests(way: Way, connections: number): Promise<void> {
  const { result, cpuSec } = await withCpu(way, () => run({ type: 'requests', port: way.ports.http, connections, durationMs: ROUND_MS }));
  samples.add(requestsAt(connections).name, way.name, (result.count / result.tookMs) * 1_000);
  if (cpuSec !== null && connections === 32) samples.add(CPU_PER_MILLION.name, way.name, (cpuSec / result.count) * 1_000_000);
}

async function connects(way: Way): Promise<void> {
  const { count, tookMs } = await run({ type: 'connects', port: way.ports.echo, connections: CONNECTS_AT_ONCE, durationMs: ROUND_MS });
  samples.add(CONNECTS.name, way.name, (count / tookMs) * 1_000);
}

async function throughput(way: Way): Promise<void> {
  const { result, cpuSec } = await withCpu(way, () => run({ type: 'stream', port: way.ports.sink, bytes: STREAM_BYTES }));
  if (result.count !== STREAM_BYTES) throw new Error(`${way.name} delivered ${result.count} of ${STREAM_BYTES} bytes`);
  samples.add(THROUGHPUT.name, way.name, STREAM_BYTES / 1_048_576 / (result.tookMs / 1_000));
  if (cpuSec !== null) samples.add(CPU_PER_GIB.name, way.name, cpuSec / (STREAM_BYTES / 1_073_741_824));
}

/** Errors of one asked delay, in ms, over what the same way takes without it: through the Toxiproxy API of both, so that both are asked alike. */
async function delayErrors(way: Way, delayMs: number): Promise<number[]> {
  const order: TrafficOrder = { type: 'round-trips', port: way.ports.echo, durationMs: DELAY_SAMPLES_MS, pauseMs: 3 };
  const { eachMs: plain } = await run({ ...order, durationMs: DELAY_SAMPLES_MS / 3 });
  const toxics = `${way.api ?? ''}/proxies/echo/toxics`;
  const made = await fetch(toxics, { method: 'POST', body: JSON.stringify({ name: 'delay', type: 'latency', stream: 'downstream', attributes: { latency: delayMs } }) });
  if (!made.ok) throw new Error(`${way.name} refused the toxic: ${await made.text()}`);
  const { eachMs } = await run(order);
  await fetch(`${toxics}/delay`, { method: 'DELETE' });
  return eachMs.map((ms) => Math.abs(ms - quantile(plain, 0.5) - delayMs));
}

async function measureDelays(ways: readonly Way[]): Promise<void> {
  for (const delayMs of DELAYS_MS) {
    for (const way of ways) {
      if (way.api === null || way.name === 'faultline-sensors') continue;
      const errors = await delayErrors(way, delayMs);
      samples.add(`delay error p50 at ${delayMs} ms`, way.name, quantile(errors, 0.5));
      samples.add(`delay error p99 at ${delayMs} ms`, way.name, quantile(errors, 0.99));
    }
  }
}

function figures(): Figure[] {
  const delays = DELAYS_MS.flatMap((delayMs): Figure[] => ['p50', 'p99'].map((q) => ({ name: `delay error ${q} at ${delayMs} ms`, unit: 'ms', better: 'less' })));
  return [ROUND_TRIP_P50, ROUND_TRIP_P99, ...CONNECTIONS.map(requestsAt), CONNECTS, THROUGHPUT, CPU_PER_GIB, CPU_PER_MILLION, ...delays];
}

/** Faultline against Toxiproxy: the bar is to be ahead. */
function againstToxiproxy({ name, unit, better }: Figure): Bar {
  const value = samples.median(name, 'faultline') ?? Number.NaN;
  const peer = samples.median(name, 'toxiproxy');
  const ahead = peer === null ? null : better === 'more' ? value >= peer : value <= peer;
  return { name, value: round(value, 4), unit, bar: peer === null ? null : round(peer, 4), holds: ahead, peer: peer === null ? null : { name: 'toxiproxy', value: round(peer, 4) } };
}

function ownBars(): Bar[] {
  const error = samples.median('delay error p99 at 10 ms', 'faultline') ?? Number.NaN;
  const costs = CONNECTIONS.map((connections) => {
    const { name } = requestsAt(connections);
    const [off, on] = [samples.median(name, 'faultline') ?? Number.NaN, samples.median(name, 'faultline-sensors') ?? Number.NaN];
    const cost = 1 - on / off;
    return { name: `sensors' share of ${name}`, value: round(cost, 3), unit: '', bar: SENSOR_COST_BAR, holds: cost < SENSOR_COST_BAR, peer: { name: 'faultline without', value: round(off, 0) } };
  });
  return [{ name: 'delay error p99 at 10 ms asked', value: round(error, 3), unit: 'ms', bar: DELAY_ERROR_BAR_MS, holds: error < DELAY_ERROR_BAR_MS, peer: null }, ...costs];
}

function printTable(ways: readonly Way[]): void {
  const line = (cells: readonly string[]): string => `${(cells[0] ?? '').padEnd(42)}${cells.slice(1).map((cell) => cell.padStart(19)).join('')}\n`;
  process.stdout.write(line(['', ...ways.map(({ name }) => name)]));
  for (const { name, unit } of figures()) {
    const cells = ways.map((way) => samples.median(name, way.name)).map((value) => (value === null ? '-' : String(round(value, value < 10 ? 3 : 0))));
    process.stdout.write(line([`${name}, ${unit}`, ...cells]));
  }
}

async function measureRound(ways: readonly Way[]): Promise<void> {
  for (const way of ways) await roundTrips(way);
  for (const connections of CONNECTIONS) for (const way of ways) await requests(way, connections);
  for (const way of ways) await connects(way);
  for (const way of ways) await throughput(way);
  await measureDelays(ways);
}

/** Who goes first has a colder machine: each way takes its turn at that. */
function rotated(ways: readonly Way[], by: number): readonly Way[] {
  const first = by % ways.length;
  return [...ways.slice(first), ...ways.slice(0, first)];
}

async function main(): Promise<void> {
  const upstream = startChild('traffic-upstream.js');
  const ways = await startWays(await nextMessage<UpstreamPorts>(upstream));
  try {
    for (let i = 0; i < ROUNDS; i += 1) {
      await measureRound(rotated(ways, i));
      process.stdout.write(`round ${i + 1} of ${ROUNDS} done\n`);
    }
    printTable(ways);
    printResult('proxy', [...figures().map(againstToxiproxy), ...ownBars()]);
  } finally {
    for (const way of ways) await way.stop();
    upstream.disconnect();
  }
}

await main();
