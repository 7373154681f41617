import type { AgentSystem, EdgeKey } from '#contracts';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcess } from '../test/support/agent-process.js';
import { freePort, startEmbeddedPostgres } from '../test/support/embedded-postgres.js';
import { LiveReader } from '../test/support/live-reader.js';
import { startServer } from '../test/support/server-process.js';
import { askChild, nextMessage, startChild } from './support/child.js';
import type { LoadOrder, LoadResult } from './support/http-load.js';
import { printResult, quantile, round } from './support/result.js';
import type { Bar } from './support/result.js';

/**
 * What Faultline costs and how soon it shows: requests per second through one proxied edge with sensors on against the same upstream direct, in
 * alternating rounds of one run; and the delay from a finished request to the decoded live frame that counts it.
 */
const ROUNDS = 5;
const ROUND_MS = 3_000;
const CONNECTIONS = [1, 32, 256];
const DELAY_REQUESTS = 600;
const DELAY_EVERY_MS = 50;
const EDGE: EdgeKey = { source: 'load', target: 'echo', protocol: 'http' };

const load = (order: LoadOrder): Promise<LoadResult> => askChild<LoadResult>('http-load.js', order);

async function throughput(connections: number, ports: { direct: number; proxied: number }): Promise<Bar[]> {
  const perSec: Record<'direct' | 'proxied', number[]> = { direct: [], proxied: [] };
  const p50Ms: Record<'direct' | 'proxied', number[]> = { direct: [], proxied: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ['direct', 'proxied'] as const) {
      const result = await load({ port: ports[way], connections, durationMs: ROUND_MS });
      perSec[way].push((result.answers / result.tookMs) * 1_000);
      p50Ms[way].push(result.p50Ms);
    }
  }
  const direct = quantile(perSec.direct, 0.5);
  const proxied = quantile(perSec.proxied, 0.5);
  process.stdout.write(`${connections} connections: direct ${round(direct, 0)} req/s, proxied ${round(proxied, 0)} req/s, ratio ${round(proxied / direct)}\n`);
  return [
    { name: `requests per second, ${connections} connections`, value: round(proxied, 0), unit: '1/s', bar: null, holds: null, peer: { name: 'direct', value: round(direct, 0) } },
    { name: `round trip p50, ${connections} connections`, value: round(quantile(p50Ms.proxied, 0.5), 3), unit: 'ms', bar: null, holds: null, peer: { name: 'direct', value: round(quantile(p50Ms.direct, 0.5), 3) } },
  ];
}

function request(port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/', agent }, (response) => response.resume().once('end', resolve)).once('error', reject);
  });
}

/** Milliseconds from the end of each request to the decoded frame whose count includes it. */
async function frameDelays(live: LiveReader, port: number): Promise<number[]> {
  const finishedMs: number[] = [];
  const delays: number[] = [];
  const base = live.requests(EDGE);
  live.watch(() => {
    const shown = live.requests(EDGE) - base;
    const nowMs = performance.now();
    while (delays.length < shown && delays.length < finishedMs.length) delays.push(nowMs - (finishedMs[delays.length] ?? nowMs));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let i = 0; i < DELAY_REQUESTS; i += 1) {
    await request(port, agent);
    finishedMs.push(performance.now());
    // Uneven steps, so that the requests do not stand still against the second they are counted in.
    await sleep(DELAY_EVERY_MS * (0.5 + ((i * 0.618) % 1)));
  }
  await sleep(3_000);
  agent.destroy();
  return delays;
}

async function main(): Promise<void> {
  const echo = startChild('http-echo.js');
  const { port: direct } = await nextMessage<{ port: number }>(echo);
  const proxied = await freePort();
  const system: AgentSystem = {
    regions: [{ name: 'here', city: 'Here', latitudeDeg: 0, longitudeDeg: 0 }],
    nodes: [
      { name: 'load', kind: 'client', region: 'here' },
      { name: 'echo', kind: 'service', region: 'here' },
    ],
    proxies: [{ edge: EDGE, listen: `127.0.0.1:${proxied}`, upstream: `127.0.0.1:${direct}` }],
  };
  const postgres = await startEmbeddedPostgres();
  const server = await startServer(postgres.url);
  const agent = await AgentProcess.start({ serverOrigin: server.origin, enrolToken: server.ready.enrolToken, system });
  try {
    const api = await server.signIn();
    await sleep(2_000);
    const live = await LiveReader.connect(server.origin, api.cookie);
    const bars: Bar[] = [];
    for (const connections of CONNECTIONS) bars.push(...(await throughput(connections, { direct, proxied })));
    await sleep(3_000);
    const delays = await frameDelays(live, proxied);
    live.close();
    for (const q of [0.5, 0.99]) {
      bars.push({ name: `request to decoded frame p${q * 100}`, value: round(quantile(delays, q), 0), unit: 'ms', bar: null, holds: null, peer: null });
    }
    process.stdout.write(`request to decoded frame: p50 ${round(quantile(delays, 0.5), 0)} ms, p99 ${round(quantile(delays, 0.99), 0)} ms over ${delays.length} requests\n`);
    printResult('pipeline', bars);
  } finally {
    echo.disconnect();
    await agent.remove();
    await server.stop();
    await postgres.stop();
  }
}

await main();
