import type { AgentSystem, EdgeKey, FaultView } from '#contracts';
import { edgeKeyText } from '#contracts';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.js';
import { LiveReader } from '../support/live-reader.js';
import { startStack } from '../support/stack.js';
import type { Stack } from '../support/stack.js';
import { waitUntil } from '../support/wait-until.js';

/** The main job on the real demo: real processes, real traffic, a client outside that measures what a fault does. */
describe('the whole story', () => {
  let stack: Stack;
  let api: ApiClient;
  let live: LiveReader;
  let system: AgentSystem;
  let startedMs: number;

  beforeAll(async () => {
    stack = await startStack();
    api = await stack.signIn();
    live = await LiveReader.connect(stack.origin, api.cookie);
    system = await stack.system();
    startedMs = Date.now();
  });
  afterAll(async () => {
    live?.close();
    await stack?.stop();
  });

  const edgesInto = (target: string): EdgeKey[] => system.proxies.map((proxy) => proxy.edge).filter((edge) => edge.target === target);
  const listenOf = (edge: EdgeKey): string => system.proxies.find((proxy) => edgeKeyText(proxy.edge) === edgeKeyText(edge))?.listen ?? '';

  /** One request through the edge's proxy by a client that is none of the demo's; milliseconds until the whole answer is here. */
  async function measureMs(edge: EdgeKey): Promise<{ readonly tookMs: number; readonly status: number }> {
    const startedMs = performance.now();
    const response = await fetch(`http://${listenOf(edge)}/healthz`);
    await response.arrayBuffer();
    return { tookMs: performance.now() - startedMs, status: response.status };
  }

  async function medianMs(edge: EdgeKey): Promise<number> {
    const took: number[] = [];
    for (let i = 0; i < 7; i += 1) took.push((await measureMs(edge)).tookMs);
    return took.sort((a, b) => a - b)[3] ?? Number.NaN;
  }

  const clientEdges = (): EdgeKey[] => {
    const clients = new Set(system.nodes.filter((node) => node.kind === 'client').map((node) => node.name));
    return system.proxies.map((proxy) => proxy.edge).filter((edge) => clients.has(edge.source));
  };

  it('shows at least nine services with live traffic', async () => {
    const services = system.nodes.filter((node) => node.kind === 'service').map((node) => node.name);
    expect(services.length).toBeGreaterThanOrEqual(9);
    await waitUntil('every service is called in the picture', () => services.every((name) => edgesInto(name).some((edge) => live.requests(edge) > 0)));
    expect(live.nodeNames()).toEqual(expect.arrayContaining(services));
  });

  it('counts over a minute what the load generator sent, within one percent', async () => {
    interface Counts {
      readonly byCountry: Readonly<Record<string, { readonly sent: number }>>;
    }
    const plan = JSON.parse(await readFile(`${stack.dataDir}/demo/demo-plan.json`, 'utf8')) as { processes: readonly { role: string; httpPort: number }[] };
    const load = plan.processes.find((process) => process.role === 'load');
    if (!load) throw new Error('the plan has no load generator');
    const sentNow = async (): Promise<number> => {
      const counts = (await (await fetch(`http://127.0.0.1:${load.httpPort}/counts`)).json()) as Counts;
      return Object.values(counts.byCountry).reduce((sum, country) => sum + country.sent, 0);
    };
    const shownNow = (): number => clientEdges().reduce((sum, edge) => sum + live.requests(edge), 0);
    // Compared at two moments that both wait for the picture to catch up: what is still in flight then is a handful of requests at either end.
    const settled = async (): Promise<{ sent: number; shown: number }> => {
      const sent = await sentNow();
      const throughSec = Math.floor(Date.now() / 1000) + 1;
      await waitUntil('the picture reaches this second', () => live.throughSec >= throughSec);
      return { sent, shown: shownNow() - ((await sentNow()) - sent) };
    };
    const before = await settled();
    await sleep(60_000);
    const after = await settled();
    const sent = after.sent - before.sent;
    const shown = after.shown - before.shown;
    expect(sent).toBeGreaterThan(500);
    expect(Math.abs(shown - sent) / sent).toBeLessThan(0.01);
  });

  it('delays a dependency by what was asked, measured from outside, and stops at once', async () => {
    // The busiest caller: a verdict needs twenty steps of five requests on either side.
    const [edge] = edgesInto('catalog').sort((a, b) => live.requests(b) - live.requests(a));
    if (!edge) throw new Error('the demo has no edge into catalog');
    await waitUntil('there is a before to compare with', () => Date.now() - startedMs > 35_000);
    const quietMs = await medianMs(edge);
    const fault = await api.createFault({ target: { type: 'edge', edge }, fault: { kind: 'latency', params: { latencyMs: 400, jitterMs: 0, share: 1 } }, durationMs: 120_000 });
    expect(fault.state).toBe('active');
    const faultedMs = await medianMs(edge);
    expect(faultedMs - quietMs).toBeGreaterThan(390);
    expect(faultedMs - quietMs).toBeLessThan(600);
    await waitUntil('the picture shows requests the fault acted on', () => (live.state(edge)?.faulted ?? 0) > 0);
    await sleep(30_000);
    const stopped = await api.revert(fault.id);
    expect(await medianMs(edge)).toBeLessThan(quietMs + 200);
    const ended = await waitUntil('the end is confirmed', async () => {
      const now = await api.fault(stopped.id);
      return now.state === 'reverted' ? now : null;
    });
    expect(ended.endReason).toBe('stopped');
    const comparison = await waitUntil('the window of the fault is complete', async () => {
      const now = await api.comparison(fault.id);
      return now.windows.during?.complete === true ? now : null;
    });
    expect(comparison.edges[0]?.edge).toEqual(edge);
    expect(comparison.edges.length).toBeGreaterThan(1);
    expect(comparison.bite.faulted).toBeGreaterThan(0);
    const p50 = comparison.edges[0]?.metrics.find((metric) => metric.metric === 'p50Ms');
    expect((p50?.values.during ?? 0) - (p50?.values.before ?? 0)).toBeGreaterThan(350);
    expect(p50?.during).toMatchObject({ verdict: 'DEGRADED', why: null });
  });

  it('halts everything: no fault is left, none can start, an admin resumes', async () => {
    const victims = system.proxies.map((proxy) => proxy.edge).filter((edge) => edge.protocol === 'http').slice(0, 8);
    const faults: FaultView[] = [];
    for (const edge of victims) faults.push(await api.createFault({ target: { type: 'edge', edge }, fault: { kind: 'latency', params: { latencyMs: 300, jitterMs: 0, share: 1 } }, durationMs: 300_000 }));
    const haltedMs = performance.now();
    const result = await api.halt('end of the test');
    const answeredAfterMs = performance.now() - haltedMs;
    expect(result.reverted).toBe(victims.length);
    expect(result.open).toEqual([]);
    // What it says it took is part of what the caller waited.
    expect(result.tookMs).toBeGreaterThan(0);
    expect(result.tookMs).toBeLessThanOrEqual(Math.ceil(answeredAfterMs));
    process.stdout.write(`halt of ${victims.length} faults confirmed after ${Math.round(result.tookMs)} ms\n`);
    for (const fault of faults) expect((await api.fault(fault.id)).endReason).toBe('halted');
    const [first] = victims;
    if (!first) throw new Error('the demo has no http edge');
    const refused = await api.call<{ error: { code: string } }>('POST', '/api/faults', { target: { type: 'edge', edge: first }, fault: { kind: 'down', params: {} }, durationMs: 5_000 });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'HALTED']);
    await api.resume('the test goes on');
    const again = await api.createFault({ target: { type: 'edge', edge: first }, fault: { kind: 'latency', params: { latencyMs: 50, jitterMs: 0, share: 1 } }, durationMs: 5_000 });
    await api.revert(again.id);
  });
});
