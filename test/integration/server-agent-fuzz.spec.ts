import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentMessageSchema, type AgentMessage, type FaultView, type Topology } from '#contracts';
import type { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent, NO_COUNTS, SMALL_SHOP, edgeSecond } from '../support/fake-agent.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

const RUNS = 3_000;
const TOXIC = { name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 100 } } as const;
const PROXY = { name: 'redis', listen: '127.0.0.1:26379', upstream: '127.0.0.1:6379', enabled: true, fixed: false, toxics: [TOXIC] };

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let victim: FakeAgent;
let mutant: FakeAgent;

/** One sound message of each type, of an agent that holds nothing. */
function soundMessages(): AgentMessage[] {
  const faultId = randomUUID();
  const requestId = randomUUID();
  const target = { type: 'edge' as const, edge: SMALL_SHOP.edges[0]! };
  return [
    { type: 'described', nodes: [...SMALL_SHOP.nodes], edges: [...SMALL_SHOP.edges] },
    { type: 'unleased', faults: [{ proxy: 'redis', edge: target.edge, toxic: TOXIC, sinceMs: 1 }] },
    { type: 'holdings', holdings: [{ faultId, kind: 'latency', target, state: 'active', leaseLeftMs: 9_000, ledgerSinceMs: 1 }], watchdog: 'running' },
    { type: 'proof', faultId, proof: { verdict: 'bites', asked: 'a', got: 'b', how: 'c', atMs: 1 } },
    { type: 'proxies', requestId, proxies: [PROXY] },
    { type: 'proxy-made', requestId, proxy: PROXY },
    { type: 'proxy-removed', requestId },
    { type: 'proxy-refused', requestId, reason: 'no' },
    { type: 'flow', report: { seq: 1, sec: 1_790_000_000, edges: [{ ...edgeSecond(0, { ok: 3 }), totals: NO_COUNTS }], droppedReports: 0 } },
    { type: 'applied', faultId, atMs: 1 },
    { type: 'apply-refused', faultId, reason: 'no' },
    { type: 'reverted', faultId, atMs: 1, reason: 'stopped' },
    { type: 'revert-failed', faultId, problem: 'no' },
    { type: 'renew', faultIds: [faultId] },
  ];
}

const junk = fc.oneof(
  fc.constantFrom(null, true, -1, 1.5, 1e308, '', '__proto__', 'a\0b', '\ud800', [], {}, [[]]),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer(),
);

type Places = (string | number)[][];
function placesOf(value: unknown, path: (string | number)[] = []): Places {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: (string | number)[], how: (part: unknown) => unknown): unknown {
  if (key === undefined) return how(value);
  if (Array.isArray(value)) return value.map((part: unknown, i) => (String(i) === String(key) ? replaced(part, rest, how) : part));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, how) };
}

/** A sound message in which one place is another value, missing, doubled or with a field too many; or a text that is cut or garbled. */
const mutated: fc.Arbitrary<string> = fc
  .record({ message: fc.constantFrom(...soundMessages()), place: fc.nat(1_000), junk, at: fc.nat(2_000), how: fc.constantFrom('replace', 'remove', 'add', 'cut', 'garble', 'junk') })
  .map(({ message, place, junk: value, at, how }) => {
    const places = placesOf(message);
    const path = places[place % places.length] ?? [];
    const text = JSON.stringify(message);
    switch (how) {
      case 'replace':
        return JSON.stringify(replaced(message, path, () => value)) ?? 'null';
      case 'remove':
        return JSON.stringify(replaced(message, path, () => undefined)) ?? 'null';
      case 'add':
        return JSON.stringify(replaced(message, path, (part) => (typeof part === 'object' && part !== null ? { ...part, extra: value } : [part, part])));
      case 'cut':
        return text.slice(0, at % text.length);
      case 'garble':
        return `${text.slice(0, at % text.length)}\u0000${text.slice((at % text.length) + 1)}`;
      case 'junk':
        return JSON.stringify(value) ?? 'null';
    }
  });

function isSound(text: string): boolean {
  try {
    return agentMessageSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** What no word of the mutant may change: another agent's faults and the graph. */
async function world(): Promise<{ faults: FaultView[]; topology: Topology }> {
  return { faults: (await admin.faultsNow()).faults.map((fault) => ({ ...fault })), topology: await admin.topology() };
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url, { FAULTLINE_LOG_LEVEL: 'error' });
  admin = await server.signIn();
  victim = await FakeAgent.start(admin, { name: 'victim' });
  mutant = await FakeAgent.start(admin, { name: 'mutant' });
});
afterAll(async () => {
  victim?.vanish();
  mutant?.vanish();
  await server?.stop();
  await postgres?.stop();
});

describe('an agent that talks nonsense', () => {
  it(`is refused with why, ${RUNS} times, and harms nobody`, async () => {
    const beat = setInterval(() => victim.send({ type: 'renew', faultIds: [...victim.held] }), 2_000);
    const { id } = await admin.createFault({ target: { type: 'host', agent: 'victim' }, fault: { kind: 'cpu-stress', params: { workers: 1 } }, durationMs: 600_000 });
    const before = await world();
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        if (mutant.closedWith !== null) await mutant.connect();
        const heard = mutant.received.length;
        mutant.sendText(text);
        // Named by an id of its own: what answers this comes after whatever the one before led to, and nothing else is taken for it.
        const last = randomUUID();
        mutant.send({ type: 'renew', faultIds: [id, last] });
        await mutant.hear(heard, (message) => message.type === 'rejected' || (message.type === 'renewed' && message.refused.some(({ faultId }) => faultId === last)));
        const answers = mutant.received.slice(heard).map(({ type }) => type);
        if (!isSound(text)) expect(answers).toContain('rejected');
        if (!answers.includes('rejected')) return;
        refused += 1;
        await mutant.closed();
      }),
      { numRuns: RUNS },
    );
    clearInterval(beat);
    expect(refused).toBeGreaterThan(RUNS / 3);
    expect(await world()).toEqual(before);
    expect(victim.closedWith).toBeNull();
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    expect(server.output()).toBe('');
    expect(await admin.revert(id)).toMatchObject({ state: 'reverted' });
  }, 600_000);
});
