import { randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { AgentMessage, ServerMessage } from '#contracts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderOf, startAgentWorld } from '../support/agent-world.js';
import type { AgentWorld } from '../support/agent-world.js';
import { listen } from '../support/proxied-edge.js';
import { waitUntil } from '../support/wait-until.js';

type Answer = Extract<AgentMessage, { requestId: string }>;
const TOXIC = { type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 5 } } as const;

let world: AgentWorld;
beforeEach(async () => {
  world = await startAgentWorld();
});
afterEach(() => world.close());

async function ask(request: { readonly type: string; readonly [key: string]: unknown }): Promise<Answer> {
  const requestId = randomUUID();
  world.server.say({ ...request, requestId });
  const isAnswer = (message: AgentMessage): message is Answer => 'requestId' in message && message.requestId === requestId;
  return waitUntil('it is answered', () => world.server.heard.find(isAnswer), 10_000);
}
const make = (proxy: object): Promise<Answer> => ask({ type: 'make-proxy', proxy: { listen: '127.0.0.1:0', upstream: '127.0.0.1:9', enabled: true, toxics: [], ...proxy } });

describe('faults on an agent', () => {
  it('meet on one edge when they are asked to, and end each by itself', async () => {
    const [abort, slow, third] = [orderOf('abort', { httpStatus: 503 }), orderOf('latency', { latencyMs: 300 }, { overlap: 'allow' }), orderOf('latency', { latencyMs: 5 })];
    for (const order of [abort, slow]) {
      world.server.apply(order);
      await world.server.hear('applied', ({ faultId }) => faultId === order.faultId);
    }
    world.server.apply(third);
    expect((await world.server.hear('apply-refused')).reason).toContain('already acts on this target');
    world.server.say({ type: 'revert', faultId: abort.faultId, reason: 'stopped' });
    await world.server.hear('reverted', ({ faultId }) => faultId === abort.faultId);
    const startedMs = performance.now();
    expect((await world.get()).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThan(295);
  });

  it('are probed, and what they do is told', async () => {
    const order = orderOf('abort', { httpStatus: 418 });
    world.server.apply(order);
    expect(await world.server.hear('proof')).toMatchObject({ faultId: order.faultId, proof: { verdict: 'bites', got: 'status 418' } });
  });

  it('are told as holdings while there are any, and once when there are none any more', async () => {
    await world.server.hear('holdings', ({ holdings }) => holdings.length === 0);
    const order = orderOf('abort', { httpStatus: 503 });
    world.server.apply(order);
    const { holdings, watchdog } = await world.server.hear('holdings', (message) => message.holdings.some(({ state }) => state === 'active'));
    expect(holdings).toEqual([{ faultId: order.faultId, kind: 'abort', target: order.target, state: 'active', leaseLeftMs: expect.any(Number), ledgerSinceMs: expect.any(Number) }]);
    expect(watchdog).toBe('not-needed');
    world.server.heard.length = 0;
    world.server.say({ type: 'revert-all', reason: 'halted' });
    await world.server.hear('holdings', (message) => message.holdings.length === 0);
  });
});

describe("an agent's proxies", () => {
  it('are listed, made with their toxics in one go, reported and removed', async () => {
    const upstream = createServer((socket) => void socket.end('hello'));
    const made = await make({ name: 'redis', upstream: `127.0.0.1:${await listen(upstream)}`, toxics: [TOXIC] });
    const toxic = { ...TOXIC, name: 'latency_downstream', attributes: { latency: 5, jitter: 0 } };
    expect(made).toMatchObject({ type: 'proxy-made', proxy: { name: 'redis', enabled: true, fixed: false, toxics: [toxic] } });
    const { nodes, edges } = await world.server.hear('described');
    expect(edges.map(({ target }) => target)).toEqual(['shop', 'redis']);
    expect(nodes.map(({ name }) => name)).toContain('redis');
    expect((await world.server.hear('unleased', ({ faults }) => faults.length > 0)).faults).toEqual([expect.objectContaining({ proxy: 'redis', toxic })]);
    const port = Number(made.type === 'proxy-made' ? made.proxy.listen.split(':')[1] : 0);
    await new Promise((resolve) => connect(port, '127.0.0.1').resume().once('close', resolve));
    await world.server.hear('flow', ({ report }) => report.edges.some(({ edge }) => edge === 1));
    expect(await ask({ type: 'list-proxies' })).toMatchObject({ type: 'proxies', proxies: [{ name: 'caller-to-shop', fixed: true }, { name: 'redis' }] });
    world.server.heard.length = 0;
    expect(await ask({ type: 'remove-proxy', name: 'redis' })).toMatchObject({ type: 'proxy-removed' });
    expect((await world.server.hear('unleased')).faults).toEqual([]);
    upstream.close();
  });

  it.each([
    [{ name: 'caller-to-shop' }, /already a proxy/],
    [{ name: 'a', toxics: [TOXIC, TOXIC] }, /two toxics are named latency_downstream/],
    [{ name: 'a', toxics: [{ ...TOXIC, attributes: { delay: 5 } }] }, /has no attribute delay: latency has latency, jitter/],
    [{ name: 'a', listen: '203.0.113.1:0' }, /cannot listen on 203\.0\.113\.1:0: this host has no such address/],
  ])('are refused as a whole when anything about them is wrong: %j', async (proxy, reason) => {
    expect(await make(proxy)).toMatchObject({ type: 'proxy-refused', reason: expect.stringMatching(reason) });
    expect(await ask({ type: 'list-proxies' })).toMatchObject({ proxies: [{ name: 'caller-to-shop' }] });
  });

  it('say in plain words that a port is taken', async () => {
    const holder = createServer();
    const port = await listen(holder);
    expect(await make({ name: 'a', listen: `127.0.0.1:${port}` })).toMatchObject({ reason: `it cannot listen on 127.0.0.1:${port}: another process has the port` });
    holder.close();
  });

  it('lose their toxics when everything is reverted', async () => {
    await make({ name: 'redis', toxics: [TOXIC], enabled: false });
    await world.server.hear('unleased', ({ faults }) => faults.length === 2);
    world.server.heard.length = 0;
    world.server.say({ type: 'revert-all', reason: 'halted' });
    await world.server.hear('unleased', ({ faults }) => faults.length === 0);
    expect(await ask({ type: 'list-proxies' })).toMatchObject({ proxies: [{}, { name: 'redis', enabled: true, toxics: [] }] });
  });
});

const VALID: readonly ServerMessage[] = [
  { type: 'welcome', agent: 'local', leaseTtlMs: 10_000, renewEveryMs: 2_500, serverTimeMs: 1 },
  { type: 'apply', order: orderOf('latency', { latencyMs: 5, match: { path: '/x*', cohort: { by: 'address', toPercent: 50 } } }) },
  { type: 'apply', order: orderOf('network-partition', { ports: [80] }, { target: { type: 'host', agent: 'local' } }) },
  { type: 'apply', order: orderOf('process-stop', {}, { target: { type: 'process', agent: 'local', process: { by: 'pid', pid: 4_194_304 } } }) },
  { type: 'revert', faultId: randomUUID(), reason: 'stopped' },
  { type: 'revert-all', reason: 'halted' },
  { type: 'list-proxies', requestId: randomUUID() },
  { type: 'make-proxy', requestId: randomUUID(), proxy: { name: 'fuzz', listen: '127.0.0.1:0', upstream: '127.0.0.1:9', enabled: true, toxics: [{ ...TOXIC, attributes: { latency: 5 } }] } },
  { type: 'remove-proxy', requestId: randomUUID(), name: 'fuzz' },
  { type: 'renewed', faultIds: [randomUUID()], refused: [{ faultId: randomUUID(), reason: 'halted' }] },
  { type: 'flow-ack', bootId: randomUUID(), seq: 3 },
  { type: 'rejected', problem: 'nothing' },
];
const JUNK = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom<unknown>(null, -1, 1e308, '', 'x'.repeat(5_000), [], {}, { __proto__: 1 }, Number.MAX_SAFE_INTEGER, '__proto__', '../../etc', '\u0000'));

/** One place somewhere in the value is replaced, removed or added to. */
function mutate(value: unknown, path: readonly number[], junk: unknown): unknown {
  if (typeof value !== 'object' || value === null || path.length === 0) return junk;
  const keys = Object.keys(value);
  const [at = 0, ...rest] = path;
  const key = keys[at % (keys.length + 2)];
  if (Array.isArray(value)) return key === undefined ? [...(value as unknown[]), junk] : (value as unknown[]).map((item, i) => (String(i) === key ? mutate(item, rest, junk) : item));
  if (key === undefined) return at % 2 === 0 ? { ...value, more: junk } : Object.fromEntries(Object.entries(value).slice(1));
  return { ...value, [key]: mutate((value as Record<string, unknown>)[key], rest, junk) };
}

describe('the channel', () => {
  it('is not brought down by 3000 messages that are not quite right', async () => {
    const { bootId } = await world.server.hear('hello');
    const path = fc.array(fc.nat(30), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...VALID), path, JUNK, fc.option(fc.nat(400), { freq: 4 }), async (message, at, junk, cut) => {
        const text = JSON.stringify(mutate(message, at, junk));
        world.server.sayRaw(cut === null ? text : text.slice(0, cut));
        // The agent's turn, so that what it says of each is heard while the next is made.
        await new Promise((resolve) => setImmediate(resolve));
      }),
      { numRuns: 3_000 },
    );
    world.server.say({ type: 'revert-all', reason: 'halted' });
    const order = orderOf('abort', { httpStatus: 503 }, { overlap: 'allow' });
    await waitUntil('the agent still obeys', async () => {
      world.server.apply(order);
      return world.server.heard.some((message) => message.type === 'applied' && message.faultId === order.faultId);
    });
    expect(world.server.heard.filter((message) => message.type === 'hello').every((hello) => hello.bootId === bootId)).toBe(true);
    expect((await world.get()).status).toBe(503);
  });
});
