import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody, FaultView, HaltResult } from '#contracts';
import type { ApiClient, FaultRequest } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent } from '../support/fake-agent.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let agent: FakeAgent;

function slow(edge: number, durationMs = 60_000): FaultRequest {
  return { target: { type: 'edge', edge: agent.edge(edge) }, fault: { kind: 'latency', params: { latencyMs: 400, jitterMs: 0, share: 1 } }, durationMs };
}

async function refusal(request: FaultRequest): Promise<ErrorBody['error'] & { status: number }> {
  const { status, body } = await admin.call<ErrorBody>('POST', '/api/faults', request);
  return { status, ...body.error };
}

async function reaches(id: string, state: FaultView['state']): Promise<FaultView> {
  return waitUntil(`fault ${id} is ${state}`, async () => {
    const fault = await admin.fault(id);
    return fault.state === state ? fault : null;
  }, 30_000);
}

async function journal(id: string): Promise<{ seq: number; state: string }[]> {
  return postgres.query('SELECT seq, state FROM fault_event WHERE fault_id = $1 ORDER BY seq', [id]);
}

/** Frees every edge, so that no test depends on the one before. */
async function endAll(): Promise<void> {
  agent.manners = { onApply: 'confirm', onRevert: 'confirm' };
  for (const { id } of await admin.need<FaultView[]>('GET', '/api/faults?state=live')) await admin.revert(id);
  await admin.call('POST', '/api/halt/resume', { reason: 'the test is over' });
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
  agent = await FakeAgent.start(admin);
});
afterEach(endAll);
afterAll(async () => {
  agent?.vanish();
  await server?.stop();
  await postgres?.stop();
});

describe('a fault', () => {
  it('is active once the agent confirmed it, ends when it is stopped, and leaves a journal without gaps', async () => {
    const created = await admin.call<FaultView>('POST', '/api/faults', slow(0));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ state: 'active', agent: 'local', endReason: null });
    expect(Date.parse(created.body.endsAt ?? '') - Date.parse(created.body.appliedAt ?? '')).toBe(60_000);
    const reverted = await admin.revert(created.body.id);
    expect(reverted).toMatchObject({ state: 'reverted', endReason: 'stopped' });
    expect(agent.held.size).toBe(0);
    await waitUntil('the journal is complete', async () => (await journal(reverted.id)).length === 5);
    expect(await journal(reverted.id)).toEqual([
      { seq: 0, state: 'planned' },
      { seq: 1, state: 'applying' },
      { seq: 2, state: 'active' },
      { seq: 3, state: 'reverting' },
      { seq: 4, state: 'reverted' },
    ]);
    expect(await postgres.query('SELECT state, last_seq FROM fault WHERE id = $1', [reverted.id])).toEqual([{ state: 'reverted', last_seq: 4 }]);
  });

  it('that has ended is returned as it is by a further stop', async () => {
    const { id } = await admin.createFault(slow(0));
    const first = await admin.revert(id);
    expect(await admin.revert(id)).toEqual(first);
  });

  it('is committed before the agent hears of it', async () => {
    agent.manners = { onApply: 'ignore', onRevert: 'confirm' };
    const before = agent.heard('apply').length;
    const answer = admin.call('POST', '/api/faults', slow(0));
    const order = await waitUntil('the order arrives', () => agent.heard('apply').at(before)?.order);
    const [row] = await postgres.query<{ state: string }>('SELECT state FROM fault WHERE id = $1', [order.faultId]);
    expect(['planned', 'applying']).toContain(row?.state);
    agent.send({ type: 'applied', faultId: order.faultId, atMs: Date.now() });
    expect((await answer).status).toBe(201);
  });

  it('is given to exactly one of two operators who ask for the same edge at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.call('POST', '/api/faults', slow(1))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('ends at its duration', async () => {
    const { id } = await admin.createFault(slow(0, 1_000));
    expect(await reaches(id, 'reverted')).toMatchObject({ endReason: 'duration-over' });
  });

  it('is written to the audit with who asked for it', async () => {
    const { id } = await admin.createFault(slow(0));
    await admin.revert(id);
    const rows = await waitUntil('both rows are there', async () => {
      const found = await postgres.query<{ action: string; outcome: string }>('SELECT action, outcome FROM audit_row WHERE subject = $1 ORDER BY id', [id]);
      return found.length === 2 ? found : null;
    });
    expect(rows).toEqual([
      { action: 'fault.create', outcome: 'done' },
      { action: 'fault.revert', outcome: 'done' },
    ]);
  });
});

describe('a fault is refused', () => {
  it('on an edge that nobody carries', async () => {
    const target = { type: 'edge' as const, edge: { source: 'nobody', target: 'nowhere', protocol: 'http' as const } };
    expect(await refusal({ ...slow(0), target })).toMatchObject({ status: 404, code: 'TARGET_UNKNOWN' });
  });

  it('when its kind cannot act on the protocol of the edge', async () => {
    const fault = { kind: 'abort' as const, params: { httpStatus: 503, share: 1 } };
    expect(await refusal({ ...slow(2), fault })).toMatchObject({ status: 422, code: 'FAULT_UNSUPPORTED' });
  });

  it('while another one acts there', async () => {
    const { id } = await admin.createFault(slow(0));
    expect(await refusal(slow(0))).toMatchObject({ status: 409, code: 'FAULT_CONFLICT', details: { faultId: id } });
  });

  it('by the agent, with its reason, and the edge is free again', async () => {
    agent.manners = { onApply: 'refuse', onRevert: 'confirm' };
    expect(await refusal(slow(0))).toMatchObject({ status: 409, code: 'AGENT_REFUSED', details: { reason: 'the proxy is gone' } });
    agent.manners = { onApply: 'confirm', onRevert: 'confirm' };
    expect((await admin.createFault(slow(0))).state).toBe('active');
  });

  it('when the agent stays silent, and is taken back', async () => {
    agent.manners = { onApply: 'ignore', onRevert: 'confirm' };
    expect(await refusal(slow(0))).toMatchObject({ status: 504, code: 'AGENT_TIMEOUT' });
    const faultId = agent.heard('apply').at(-1)?.order.faultId ?? '';
    expect(await reaches(faultId, 'reverted')).toMatchObject({ endReason: 'stopped' });
    expect(agent.heard('revert').some((revert) => revert.faultId === faultId)).toBe(true);
  });

  it('where a revert failed, until it succeeds', async () => {
    const { id } = await admin.createFault(slow(0));
    agent.manners = { onApply: 'confirm', onRevert: 'fail' };
    expect(await admin.revert(id)).toMatchObject({ state: 'revert-failed', problem: 'the listener is stuck' });
    expect(await refusal(slow(0))).toMatchObject({ status: 409, code: 'REVERT_BLOCKED' });
    agent.manners = { onApply: 'confirm', onRevert: 'confirm' };
    expect(await admin.revert(id)).toMatchObject({ state: 'reverted' });
    expect((await admin.createFault(slow(0))).state).toBe('active');
  });
});

describe('a lease', () => {
  it('is renewed for a fault that may act and refused, with the reason, for others', async () => {
    const { id } = await admin.createFault(slow(0));
    const unknown = '00000000-0000-4000-8000-000000000000';
    agent.send({ type: 'renew', faultIds: [id, unknown] });
    const answer = await waitUntil('the renewal is answered', () => agent.heard('renewed').at(-1));
    expect(answer.faultIds).toEqual([id]);
    expect(answer.refused).toEqual([{ faultId: unknown, reason: 'unknown-to-server' }]);
    agent.manners = { onApply: 'confirm', onRevert: 'ignore' };
    const stopping = admin.revert(id);
    await waitUntil('the stop arrives', () => agent.heard('revert').some((revert) => revert.faultId === id));
    agent.send({ type: 'renew', faultIds: [id] });
    const refused = await waitUntil('the second renewal is answered', () => agent.heard('renewed').find((message) => message.faultIds.length === 0));
    expect(refused.refused).toEqual([{ faultId: id, reason: 'stopped' }]);
    agent.send({ type: 'reverted', faultId: id, atMs: Date.now(), reason: 'stopped' });
    expect((await stopping).state).toBe('reverted');
  });

  it('is asked for by the agent that holds it: another one that does changes nothing', async () => {
    const { id } = await admin.createFault(slow(0));
    const other = await FakeAgent.start(admin, { name: 'meddler', topology: { ...agent.topology, edges: [] } });
    other.send({ type: 'renew', faultIds: [id] });
    const answer = await waitUntil('it is answered', () => other.heard('renewed').at(-1));
    expect(answer).toMatchObject({ faultIds: [], refused: [{ faultId: id, reason: 'unknown-to-server' }] });
    other.send({ type: 'reverted', faultId: id, atMs: Date.now(), reason: 'stopped' });
    other.send({ type: 'renew', faultIds: [] });
    await waitUntil('it was heard', () => other.heard('renewed').length === 2);
    expect((await admin.fault(id)).state).toBe('active');
    other.vanish();
  });

  it('ends the fault of an agent that vanished, and its return confirms it', async () => {
    const { id } = await admin.createFault(slow(0));
    agent.vanish();
    expect(await refusal(slow(1))).toMatchObject({ status: 409, code: 'AGENT_OFFLINE' });
    expect((await admin.fault(id)).state).toBe('active');
    const lapsed = await reaches(id, 'reverted');
    expect(lapsed).toMatchObject({ endReason: 'lease-expired', revertedAt: null });
    expect(lapsed.problem).toContain('lease');
    agent.held.clear();
    await agent.connect();
    await waitUntil('its return confirms it', async () => (await admin.fault(id)).revertedAt !== null);
    expect(await admin.fault(id)).toMatchObject({ state: 'reverted', endReason: 'lease-expired', problem: null });
  });

  it('that expired while the agent was away is told by the agent itself', async () => {
    const { id } = await admin.createFault(slow(0));
    agent.vanish();
    agent.held.clear();
    await agent.connect();
    agent.send({ type: 'reverted', faultId: id, atMs: Date.now(), reason: 'agent-stopped' });
    expect(await reaches(id, 'reverted')).toMatchObject({ endReason: 'agent-stopped' });
  });
});

describe('an agent that comes back', () => {
  it('goes on with the fault that it still holds', async () => {
    const { id } = await admin.createFault(slow(0));
    agent.vanish();
    await agent.connect();
    expect((await admin.fault(id)).state).toBe('active');
  });

  it('is told to revert what it holds and nobody knows', async () => {
    const unknown = '00000000-0000-4000-8000-000000000001';
    agent.held.add(unknown);
    agent.vanish();
    await agent.connect();
    await waitUntil('it is told', () => agent.heard('revert').some((revert) => revert.faultId === unknown && revert.reason === 'unknown-to-server'));
  });

  it('after a restart of its process has undone its faults', async () => {
    const { id } = await admin.createFault(slow(0));
    await agent.restart();
    expect(await reaches(id, 'reverted')).toMatchObject({ endReason: 'agent-restarted' });
  });
});

describe('a halt', () => {
  it('ends every fault, refuses new ones, is the same when engaged twice, and ends by a resume with a reason', async () => {
    const faults = [await admin.createFault(slow(0)), await admin.createFault(slow(1)), await admin.createFault(slow(2))];
    const result = await admin.halt('smoke');
    expect(result).toMatchObject({ reverted: 3, open: [], openUntil: null, halt: { reason: 'smoke' } });
    for (const { id } of faults) expect(await admin.fault(id)).toMatchObject({ state: 'reverted', endReason: 'halted' });
    expect(await refusal(slow(0))).toMatchObject({ status: 409, code: 'HALTED' });
    expect((await admin.halt('again')).halt).toEqual(result.halt);
    expect(await admin.need('GET', '/api/halt')).toEqual(result.halt);
    await admin.resume('it was a drill');
    expect(await admin.need('GET', '/api/halt')).toBeNull();
    expect((await admin.createFault(slow(0))).state).toBe('active');
  });

  it('says which faults nobody confirmed and until when they may act', async () => {
    const { id } = await admin.createFault(slow(0));
    agent.manners = { onApply: 'confirm', onRevert: 'ignore' };
    const result: HaltResult = await admin.halt('one is deaf');
    expect(result.reverted).toBe(0);
    expect(result.open.map((fault) => fault.id)).toEqual([id]);
    expect(Date.parse(result.openUntil ?? '')).toBeGreaterThan(Date.now());
  });

  it('can be lifted only while it is in force', async () => {
    expect((await admin.call<ErrorBody>('POST', '/api/halt/resume', { reason: 'why not' })).body.error.code).toBe('NOT_HALTED');
  });
});

describe('after kill -9 of the server', () => {
  async function restartServer(): Promise<void> {
    await server.kill9();
    server = await startServer(postgres.url, { FAULTLINE_PORT: String(server.port) });
    admin = await server.signIn();
  }

  it('a fault that the agent holds goes on, and stops when asked', async () => {
    const { id } = await admin.createFault(slow(0));
    await waitUntil('it is on disk as active', async () => (await journal(id)).length === 3);
    await restartServer();
    expect((await admin.fault(id)).state).toBe('active');
    await agent.connect();
    agent.send({ type: 'renew', faultIds: [id] });
    await waitUntil('its lease is renewed', () => agent.heard('renewed').at(-1)?.faultIds.includes(id));
    expect(await admin.revert(id)).toMatchObject({ state: 'reverted', endReason: 'stopped' });
  });

  it('a fault whose agent stays away ends by its lease', async () => {
    const { id } = await admin.createFault(slow(0));
    await waitUntil('it is on disk as active', async () => (await journal(id)).length === 3);
    await restartServer();
    expect(await reaches(id, 'reverted')).toMatchObject({ endReason: 'lease-expired', revertedAt: null });
    agent.held.clear();
    await agent.connect();
    await waitUntil('its return confirms it', async () => (await admin.fault(id)).revertedAt !== null);
  });

  it('a halt is still in force', async () => {
    const { halt } = await admin.halt('before the crash');
    await restartServer();
    expect(await admin.need('GET', '/api/halt')).toEqual(halt);
    expect(await refusal(slow(0))).toMatchObject({ code: 'HALTED' });
    await agent.connect();
  });
});

describe('while Postgres is away', () => {
  afterEach(async () => {
    await postgres.restart();
    await waitUntil('the server is ready again', async () => (await fetch(`${server.origin}/readyz`)).ok);
  });

  it('a fault still ends on time, a new one is refused, and the end is journalled once it is back', async () => {
    const { id } = await admin.createFault(slow(0, 2_000));
    await waitUntil('it is on disk as active', async () => (await journal(id)).length === 3);
    await postgres.kill9();
    await waitUntil('the agent is told', () => agent.heard('revert').some((revert) => revert.faultId === id && revert.reason === 'duration-over'));
    expect(agent.held.size).toBe(0);
    expect(await refusal(slow(1))).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    await postgres.restart();
    await waitUntil('the end is on disk', async () => (await journal(id)).at(-1)?.state === 'reverted');
    expect((await journal(id)).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
    expect((await admin.createFault(slow(0))).state).toBe('active');
  });

  it('everything can be halted, and the halt is recorded once it is back', async () => {
    await admin.createFault(slow(0));
    await admin.createFault(slow(1));
    await postgres.kill9();
    const result = await admin.halt('everything breaks');
    expect(result).toMatchObject({ reverted: 2, open: [] });
    expect(agent.held.size).toBe(0);
    await postgres.restart();
    await waitUntil('the halt is on disk', async () => (await postgres.query('SELECT id FROM halt WHERE id = $1', [result.halt.id])).length === 1);
    const audit = await waitUntil('it is in the audit', async () => {
      const rows = await postgres.query<{ actor: string }>("SELECT actor FROM audit_row WHERE action = 'halt.engage' AND subject = $1", [result.halt.id]);
      return rows.length === 1 ? rows : null;
    });
    expect(audit[0]?.actor).toBe(result.halt.by);
  });

  it('an agent that lost its connection is let in again', async () => {
    const { id } = await admin.createFault(slow(0));
    await postgres.kill9();
    agent.vanish();
    await agent.connect();
    agent.send({ type: 'renew', faultIds: [id] });
    await waitUntil('its lease is renewed', () => agent.heard('renewed').at(-1)?.faultIds.includes(id));
  });
});
