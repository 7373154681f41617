import type { AgentSystem, CreateFault, EdgeKey, HaltResult } from '#contracts';
import { AgentProcess } from '../test/support/agent-process.js';
import type { ApiClient } from '../test/support/api-client.js';
import { startEmbeddedPostgres } from '../test/support/embedded-postgres.js';
import { startServer } from '../test/support/server-process.js';
import { waitUntil } from '../test/support/wait-until.js';
import { nextMessage, startChild } from './support/child.js';
import { PingedEdge } from './support/pinged-edge.js';
import { printResult, quantile, round } from './support/result.js';
import type { UpstreamPorts } from './support/traffic-upstream.js';

/**
 * How soon a fault acts and how soon it is gone: over 1,000 proxies of one agent, from the API call to the first byte that is affected, and from
 * the stop to the first that is clean again, seen on a connection that was open before. Then everything at once: a halt with all of them active.
 */
const EDGES = 1_000;
// Below the range from which Linux takes ports for outgoing connections, so that none of ours is in use by chance.
const FIRST_PORT = 21_000;
// Longer than any pause of a busy machine itself, which would be taken for the fault.
const SLOW_MS = 100;
const DURATION_MS = 3_600_000;
const AT_ONCE = 20;
// A server that has just started runs everything for the first time, uncompiled.
const WARM_UP = 50;
const WITHIN_MS_BAR = 20;
const HALT_MS_BAR = 1_000;

const edgeOf = (i: number): EdgeKey => ({ source: 'load', target: `echo-${i}`, protocol: 'tcp' });
// A blackhole holds bytes until it is lifted: the echo that is owed then comes at the very moment the edge is clean.
const faultOn = (i: number): CreateFault => ({ target: { type: 'edge', edge: edgeOf(i) }, fault: { kind: 'blackhole', params: { stream: 'both', share: 1 } }, durationMs: DURATION_MS, overlap: 'refuse' });

interface Bench {
  readonly api: ApiClient;
  readonly edges: readonly PingedEdge[];
}

function benchSystem(upstream: number): AgentSystem {
  const proxies: AgentSystem['proxies'] = [];
  for (let i = 0; i < EDGES; i += 1) proxies.push({ edge: edgeOf(i), listen: `127.0.0.1:${FIRST_PORT + i}`, upstream: `127.0.0.1:${upstream}` });
  return {
    regions: [{ name: 'here', city: 'Here', latitudeDeg: 0, longitudeDeg: 0 }],
    nodes: [{ name: 'load', kind: 'client', region: 'here' }, ...proxies.map(({ edge }) => ({ name: edge.target, kind: 'service' as const, region: 'here' }))],
    proxies,
  };
}

/** Milliseconds from the call to the first ping that is held, with the id of the fault. */
async function timeApply({ api, edges }: Bench, i: number): Promise<{ id: string; tookMs: number }> {
  const calledAtMs = performance.now();
  const created = api.createFault(faultOn(i));
  const slowSince = await edges[i]!.firstSlow(SLOW_MS);
  const { id } = await created;
  return { id, tookMs: slowSince - calledAtMs };
}

/** Milliseconds from the call to the echo of the ping that was held. */
async function timeRevert({ api, edges }: Bench, i: number, id: string): Promise<number> {
  const clean = edges[i]!.owedEcho();
  const calledAtMs = performance.now();
  await api.revert(id);
  return (await clean) - calledAtMs;
}

async function applyAll({ api, edges }: Bench): Promise<void> {
  for (let first = 0; first < EDGES; first += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => api.createFault(faultOn(first + k))));
  }
  for (const edge of edges) edge.ping();
}

/** Milliseconds from the halt to the clean byte of the last edge, and what the server says that it took. */
async function timeHalt({ api, edges }: Bench): Promise<{ lastCleanMs: number; result: HaltResult }> {
  const clean = Promise.all(edges.map((edge) => edge.owedEcho()));
  const calledAtMs = performance.now();
  const result = await api.halt('bench');
  const cleanAtMs = await clean;
  return { lastCleanMs: Math.max(...cleanAtMs) - calledAtMs, result };
}

async function measure(bench: Bench): Promise<void> {
  for (let i = 0; i < WARM_UP; i += 1) await timeRevert(bench, i, (await timeApply(bench, i)).id);
  const applied: { id: string; tookMs: number }[] = [];
  for (let i = 0; i < EDGES; i += 1) applied.push(await timeApply(bench, i));
  const reverts: number[] = [];
  for (let i = 0; i < EDGES; i += 1) reverts.push(await timeRevert(bench, i, applied[i]!.id));
  await applyAll(bench);
  const { lastCleanMs, result } = await timeHalt(bench);
  const applies = applied.map(({ tookMs }) => tookMs);
  report({ applies, reverts, lastCleanMs, result });
}

function report({ applies, reverts, lastCleanMs, result }: { applies: number[]; reverts: number[]; lastCleanMs: number; result: HaltResult }): void {
  const times = { 'API call to first affected byte': applies, 'revert to first clean byte': reverts };
  const bars = Object.entries(times).flatMap(([name, values]) =>
    [0.5, 0.99].map((q) => {
      const value = round(quantile(values, q), 2);
      const bar = q === 0.99 ? WITHIN_MS_BAR : null;
      return { name: `${name}, p${q * 100}, ${EDGES} proxies`, value, unit: 'ms', bar, holds: bar === null ? null : value < bar, peer: null };
    }),
  );
  const halt = { name: `halt with ${EDGES} active faults, to the last clean byte`, value: round(lastCleanMs, 0), unit: 'ms', bar: HALT_MS_BAR, holds: lastCleanMs < HALT_MS_BAR && result.open.length === 0, peer: null };
  for (const { name, value, unit } of [...bars, halt]) process.stdout.write(`${name}: ${value} ${unit}\n`);
  process.stdout.write(`the server confirmed ${result.reverted} reverts in ${round(result.tookMs, 0)} ms, ${result.open.length} open\n`);
  printResult('fault-latency', [...bars, halt]);
}

async function main(): Promise<void> {
  const upstream = startChild('traffic-upstream.js');
  const { echo } = await nextMessage<UpstreamPorts>(upstream);
  const postgres = await startEmbeddedPostgres();
  const server = await startServer(postgres.url, { FAULTLINE_MAX_ACTIVE_FAULTS: String(EDGES), FAULTLINE_LOG_LEVEL: 'error' });
  const system = benchSystem(echo);
  const agent = await AgentProcess.start({ serverOrigin: server.origin, enrolToken: server.ready.enrolToken, system });
  const edges = await Promise.all(system.proxies.map(({ listen }) => PingedEdge.open(Number(listen.split(':')[1]))));
  try {
    const api = await server.signIn();
    await waitUntil('the server knows every edge', async () => ((await api.topology()).edges.length === EDGES ? true : undefined));
    await measure({ api, edges });
  } finally {
    for (const edge of edges) edge.close();
    await agent.remove();
    await server.stop();
    await postgres.stop();
    upstream.disconnect();
  }
}

await main();
