import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS, type AgentView, type ErrorBody, type FaultView, type Proof, type UnleasedFault } from '#contracts';
import type { ApiClient, FaultRequest } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent, SMALL_SHOP } from '../support/fake-agent.js';
import { LiveReader } from '../support/live-reader.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

const HOST = { type: 'host', agent: 'local' } as const;
const LOSS = { kind: 'network-loss', params: { device: 'eth0', lossPercent: 10, peers: ['10.0.0.9'] } };
const CPU = { kind: 'cpu-stress', params: { workers: 1 } };
const TOXIC = { name: 'latency_downstream', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 100, jitter: 0 } } as const;

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let agent: FakeAgent;

type Outcome = { readonly status: number } & Partial<ErrorBody['error']>;

async function outcome(method: string, path: string, body?: unknown): Promise<Outcome> {
  const answer = await admin.call<ErrorBody | null>(method, path, body);
  return { status: answer.status, ...answer.body?.error };
}

function slow(edge: number, parts: Partial<FaultRequest> = {}): FaultRequest {
  return { target: { type: 'edge', edge: agent.edge(edge) }, fault: { kind: 'latency', params: { latencyMs: 400 } }, durationMs: 60_000, ...parts };
}

function onHost(fault: unknown, parts: Partial<FaultRequest> = {}): FaultRequest {
  return { target: HOST, fault, durationMs: 60_000, ...parts };
}

function toxicOn(edge: number): UnleasedFault {
  return { proxy: agent.edge(edge).target, edge: agent.edge(edge), toxic: TOXIC, sinceMs: Date.now() };
}

async function audited(action: string, subject: string): Promise<{ actor: string; outcome: string; details: string }[]> {
  return postgres.query('SELECT actor, outcome, details FROM audit_row WHERE action = $1 AND subject = $2 ORDER BY id', [action, subject]);
}

/** With everybody obedient and nothing held, so that no test depends on the one before. */
async function tidy(): Promise<void> {
  agent.manners = { onApply: 'confirm', onRevert: 'confirm' };
  if (agent.unleased.length > 0) agent.tellUnleased([]);
  for (const { id } of await admin.need<FaultView[]>('GET', '/api/faults?state=live')) await admin.revert(id);
  await admin.call('POST', '/api/halt/resume', { reason: 'the test is over' });
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url, { FAULTLINE_MAX_ACTIVE_FAULTS: '4', FAULTLINE_MAX_SELECTED_PERCENT: '70', FAULTLINE_MAX_FAULT_DURATION_SEC: '600' });
  admin = await server.signIn();
  agent = await FakeAgent.start(admin);
});
afterEach(tidy);
afterAll(async () => {
  agent?.vanish();
  await server?.stop();
  await postgres?.stop();
});

describe('a fault on a host or a process', () => {
  it('lives as one on an edge does', async () => {
    const { id, agent: carrier, target } = await admin.createFault(onHost(LOSS));
    expect({ carrier, target }).toEqual({ carrier: 'local', target: HOST });
    expect(agent.heard('apply').at(-1)?.order).toMatchObject({ faultId: id, target: HOST, overlap: 'refuse', spec: { kind: 'network-loss', params: { transport: 'any', ports: [] } } });
    expect(await admin.revert(id)).toMatchObject({ state: 'reverted', endReason: 'stopped' });
  });

  it('is refused on the host of nobody, and where the kind does not fit the target', async () => {
    expect(await outcome('POST', '/api/faults', { ...onHost(LOSS), target: { type: 'host', agent: 'stranger' } })).toMatchObject({ status: 404, code: 'TARGET_UNKNOWN' });
    expect(await outcome('POST', '/api/faults', { ...slow(0), target: HOST })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });

  it('is stopped by the lock of what it disturbs only', async () => {
    await admin.createFault(onHost(LOSS));
    expect(await outcome('POST', '/api/faults', onHost({ kind: 'network-drop', params: { peers: ['10.0.0.9'] } }))).toMatchObject({ status: 409, code: 'FAULT_CONFLICT' });
    expect((await admin.createFault(onHost(CPU))).state).toBe('active');
    const process = { type: 'process' as const, agent: 'local', process: { by: 'port' as const, port: 5432 } };
    expect((await admin.createFault(onHost({ kind: 'process-stop', params: {} }, { target: process }))).state).toBe('active');
  });

  it('has no comparison, and says why', async () => {
    const { id } = await admin.createFault(onHost(CPU));
    expect(await outcome('GET', `/api/faults/${id}/comparison`)).toMatchObject({ status: 422, code: 'NOT_COMPARABLE', message: expect.stringContaining('host of local') as string });
  });

  it('is refused when the agent does not know the kind, or cannot do it there', async () => {
    agent.capabilities = [{ kind: 'network-loss', unavailable: 'the kernel has no sch_netem' }];
    await agent.connect();
    expect(await outcome('POST', '/api/faults', onHost(LOSS))).toMatchObject({ status: 409, code: 'FAULT_UNAVAILABLE', message: expect.stringContaining('no sch_netem') as string });
    expect(await outcome('POST', '/api/faults', onHost(CPU))).toMatchObject({ status: 409, code: 'FAULT_UNAVAILABLE', message: expect.stringContaining('0.0.0-fake does not know this kind: update the agent') as string });
    const [view] = await admin.need<AgentView[]>('GET', '/api/agents');
    expect(view?.capabilities).toEqual(agent.capabilities);
    agent.capabilities = FAULT_KINDS.map((kind) => ({ kind, unavailable: null }));
    await agent.connect();
  });
});

describe('two faults on one edge', () => {
  it('meet only when the second asks for it', async () => {
    const first = await admin.createFault(slow(0));
    expect(await outcome('POST', '/api/faults', slow(0))).toMatchObject({ code: 'FAULT_CONFLICT', details: { faultId: first.id } });
    const second = await admin.createFault(slow(0, { overlap: 'allow' }));
    expect(agent.heard('apply').at(-1)?.order.overlap).toBe('allow');
    await admin.revert(first.id);
    expect(await outcome('POST', '/api/faults', slow(0))).toMatchObject({ code: 'FAULT_CONFLICT', details: { faultId: second.id } });
    await admin.revert(second.id);
    expect((await admin.createFault(slow(0))).state).toBe('active');
  });

  it('do not meet where a revert failed, whatever is asked', async () => {
    const { id } = await admin.createFault(slow(0));
    agent.manners = { onApply: 'confirm', onRevert: 'fail' };
    await admin.revert(id);
    expect(await outcome('POST', '/api/faults', slow(0, { overlap: 'allow' }))).toMatchObject({ status: 409, code: 'REVERT_BLOCKED' });
  });

  it('may follow each other at once, however far the journal is behind', async () => {
    for (let i = 0; i < 20; i += 1) await admin.revert((await admin.createFault(slow(1))).id);
  });
});

describe('a proof', () => {
  const proof: Proof = { verdict: 'does-not-bite', asked: '+400 ms on each request', got: '+0.3 ms', how: 'five probes', atMs: 1_790_000_000_000 };

  it('is part of the fault, of its journal and of the live stream, and is loud when the fault does not bite', async () => {
    const reader = await LiveReader.connect(server.origin, admin.cookie);
    const { id } = await admin.createFault(slow(0));
    expect((await admin.fault(id)).proof).toBeNull();
    agent.send({ type: 'proof', faultId: id, proof });
    await waitUntil('the fault has it', async () => (await admin.fault(id)).proof !== null);
    expect((await admin.fault(id)).proof).toEqual(proof);
    await waitUntil('the stream has it', () => reader.events.some((event) => event.kind === 'fault' && event.fault.proof?.verdict === 'does-not-bite'));
    await waitUntil('the journal has it', async () => (await postgres.query(`SELECT 1 FROM fault_event WHERE fault_id = $1 AND change ->> 'type' = 'proven'`, [id])).length === 1);
    expect(server.output()).toContain('does not bite');
    expect((await admin.revert(id)).proof).toEqual(proof);
    await waitUntil('it is kept', async () => (await postgres.query('SELECT 1 FROM fault WHERE id = $1 AND proof IS NOT NULL AND state = $2', [id, 'reverted'])).length === 1);
    reader.close();
  });

  it('with letters that no database takes costs nothing else', async () => {
    const { id } = await admin.createFault(slow(0));
    agent.sendText(JSON.stringify({ type: 'proof', faultId: id, proof: { ...proof, how: 'a\0b\ud800' } }));
    await admin.revert(id);
    await waitUntil('the end is on disk', async () => (await postgres.query('SELECT 1 FROM fault WHERE id = $1 AND state = $2', [id, 'reverted'])).length === 1);
    expect(await postgres.query('SELECT seq FROM fault_event WHERE fault_id = $1', [id])).toHaveLength(6);
  });
});

describe('faults without a lease', () => {
  it('are listed, streamed and in the audit from their begin to their end', async () => {
    const reader = await LiveReader.connect(server.origin, admin.cookie);
    const fault = toxicOn(2);
    agent.tellUnleased([fault]);
    await waitUntil('they are listed', async () => (await admin.faultsNow()).unleased.length === 1);
    expect((await admin.faultsNow()).unleased).toEqual([{ ...fault, agent: 'local' }]);
    await waitUntil('the stream tells of them', () => reader.events.some((event) => event.kind === 'unleased' && event.faults.length === 1));
    agent.tellUnleased([{ ...fault, toxic: { ...TOXIC, attributes: { latency: 200, jitter: 0 } } }]);
    agent.tellUnleased([]);
    await waitUntil('they are gone', async () => (await admin.faultsNow()).unleased.length === 0);
    await waitUntil('their end is in the audit', async () => (await audited('unleased.end', 'db')).length === 1);
    expect((await audited('unleased.begin', 'db')).map(({ actor }) => actor)).toEqual(['toxiproxy api of local']);
    expect(await audited('unleased.change', 'db')).toHaveLength(1);
    expect(reader.events.findLast((event) => event.kind === 'unleased')).toEqual({ kind: 'unleased', faults: [] });
    reader.close();
  });

  it('are ended by a halt, which says so', async () => {
    agent.tellUnleased([toxicOn(2), { ...toxicOn(1), toxic: null }]);
    await waitUntil('they are listed', async () => (await admin.faultsNow()).unleased.length === 2);
    expect(await admin.halt('smoke')).toMatchObject({ unleased: { removed: 2, open: [] } });
    expect((await admin.faultsNow()).unleased).toEqual([]);
  });

  it('that a halt could not end are named by it, and told to end again and again', async () => {
    agent.manners = { onApply: 'confirm', onRevert: 'ignore' };
    agent.tellUnleased([toxicOn(2)]);
    await waitUntil('they are listed', async () => (await admin.faultsNow()).unleased.length === 1);
    expect((await admin.halt('one is deaf')).unleased).toMatchObject({ removed: 0, open: [{ agent: 'local', proxy: 'db' }] });
    agent.tellUnleased([toxicOn(2)]);
    const before = agent.heard('revert-all').length;
    await waitUntil('it is told more than once', () => agent.heard('revert-all').length >= before + 2);
  });

  it('of an agent that is away stay listed, and nobody waits for it', async () => {
    agent.tellUnleased([toxicOn(2)]);
    await waitUntil('they are listed', async () => (await admin.faultsNow()).unleased.length === 1);
    agent.vanish();
    await waitUntil('it is seen as gone', async () => (await admin.faultsNow()).agents[0]?.connected === false);
    expect((await admin.halt('it is away')).unleased.open).toHaveLength(1);
    agent.unleased = [];
    await agent.connect();
    agent.tellUnleased();
    await waitUntil('its own word counts', async () => (await admin.faultsNow()).unleased.length === 0);
  });
});

describe('faults now', () => {
  it('has what each agent says it holds', async () => {
    const { id, target, spec } = await admin.createFault(slow(0));
    const holding = { faultId: id, kind: spec.kind, target, state: 'active' as const, leaseLeftMs: 9_000, ledgerSinceMs: Date.now() };
    agent.send({ type: 'holdings', holdings: [holding], watchdog: 'not-needed' });
    const now = await waitUntil('the agent was heard', async () => {
      const view = await admin.faultsNow();
      return view.agents[0]?.heardAt == null ? null : view;
    });
    expect(now.faults.map((fault) => fault.id)).toEqual([id]);
    expect(now.agents).toMatchObject([{ agent: 'local', connected: true, watchdog: 'not-needed', holdings: [holding] }]);
  });
});

describe('limits of the server', () => {
  it('refuse a fault that is too long or one too many, and name the setting', async () => {
    expect(await outcome('POST', '/api/faults', slow(0, { durationMs: 601_000 }))).toMatchObject({ status: 422, code: 'BLAST_RADIUS_EXCEEDED', details: { asked: 'a fault of 601 s', allowed: '600 s', setting: 'FAULTLINE_MAX_FAULT_DURATION_SEC' } });
    for (let i = 0; i < 4; i += 1) await admin.createFault(slow(0, { overlap: 'allow' }));
    expect(await outcome('POST', '/api/faults', slow(1))).toMatchObject({ status: 422, code: 'BLAST_RADIUS_EXCEEDED', details: { asked: '5 active faults', setting: 'FAULTLINE_MAX_ACTIVE_FAULTS' } });
  });

  it('hold for many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => outcome('POST', '/api/faults', slow(0, { overlap: 'allow' }))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(answers.filter(({ code }) => code === 'BLAST_RADIUS_EXCEEDED')).toHaveLength(8);
  });
});

describe('a graph that grows', () => {
  const mail = { source: 'gateway', target: 'mail', protocol: 'tcp' } as const;
  const grown = { nodes: [...SMALL_SHOP.nodes, { name: 'mail', kind: 'external' as const, region: 'eu' }], edges: [...SMALL_SHOP.edges, mail] };

  it('is known, kept and carries faults from then on; the places of its edges stay', async () => {
    agent.send({ type: 'described', nodes: [...grown.nodes], edges: [...grown.edges] });
    await waitUntil('it is known', async () => (await admin.topology()).edges.some(({ target }) => target === 'mail'));
    expect((await admin.createFault({ ...slow(0), target: { type: 'edge', edge: mail } })).agent).toBe('local');
    await waitUntil('it is kept', async () => (await postgres.query(`SELECT 1 FROM edge WHERE target = 'mail' AND agent = 'local'`)).length === 1);
  });

  it('that moves an edge is refused', async () => {
    await agent.connect();
    agent.send({ type: 'described', nodes: [...grown.nodes], edges: [mail, ...SMALL_SHOP.edges] });
    await waitUntil('it is closed', () => agent.closedWith !== null);
    expect(agent.heard('rejected').at(-1)?.problem).toContain('had the place 0');
    await agent.connect();
  });
});
