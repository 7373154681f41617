import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody, ProxyView } from '#contracts';
import type { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent } from '../support/fake-agent.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

const PATH = '/api/agents/local/proxies';
const REDIS = { name: 'redis', listen: '127.0.0.1:0', upstream: '127.0.0.1:6379' };
const LATENCY = { type: 'latency', attributes: { latency: 100 } };

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let agent: FakeAgent;

async function refusal(method: string, path: string, body?: unknown): Promise<{ status: number } & ErrorBody['error']> {
  const answer = await admin.call<ErrorBody>(method, path, body);
  return { status: answer.status, ...answer.body.error };
}

async function audited(subject: string): Promise<string[]> {
  const rows = await postgres.query<{ action: string; outcome: string }>('SELECT action, outcome FROM audit_row WHERE subject = $1 ORDER BY id', [subject]);
  return rows.map(({ action, outcome }) => `${action} ${outcome}`);
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
  agent = await FakeAgent.start(admin);
});
afterEach(() => {
  agent.manners = { onApply: 'confirm', onRevert: 'confirm' };
});
afterAll(async () => {
  agent?.vanish();
  await server?.stop();
  await postgres?.stop();
});

describe('the proxies of an agent', () => {
  it('are made together with their toxics, listed and removed, each change in the audit', async () => {
    const made = await admin.call<ProxyView>('POST', PATH, { ...REDIS, toxics: [LATENCY] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'redis', enabled: true, fixed: false, toxics: [{ name: 'latency_downstream', toxicity: 1 }] });
    expect(await admin.need('GET', PATH)).toEqual([made.body]);
    expect((await admin.call('DELETE', `${PATH}/redis`)).status).toBe(204);
    expect(await admin.need('GET', PATH)).toEqual([]);
    expect(await audited('redis')).toEqual(['proxy.create done', 'proxy.remove done']);
  });

  it('are refused with the reason of the agent, and the audit says that it failed', async () => {
    agent.manners = { onApply: 'confirm', onRevert: 'confirm', onProxies: 'refuse' };
    expect(await refusal('POST', PATH, { ...REDIS, name: 'taken' })).toMatchObject({ status: 409, code: 'PROXY_REFUSED', message: 'The agent local refused: the port is taken.' });
    expect(await refusal('DELETE', `${PATH}/taken`)).toMatchObject({ status: 409, code: 'PROXY_REFUSED' });
    await expect.poll(() => audited('taken'), { timeout: 10_000 }).toEqual(['proxy.create done', 'proxy.create failed', 'proxy.remove done', 'proxy.remove failed']);
  });

  it('of an agent that does not answer time out, and say what to look at', async () => {
    agent.manners = { onApply: 'confirm', onRevert: 'confirm', onProxies: 'ignore' };
    expect(await refusal('GET', PATH)).toMatchObject({ status: 504, code: 'AGENT_TIMEOUT', message: expect.stringContaining('List its proxies') as string });
  });

  it('of an agent that leaves before it answers, or is away, are refused at once', async () => {
    agent.manners = { onApply: 'confirm', onRevert: 'confirm', onProxies: 'ignore' };
    const asked = refusal('GET', PATH);
    await expect.poll(() => agent.heard('list-proxies').length, { timeout: 10_000 }).toBeGreaterThan(0);
    agent.vanish();
    expect(await asked).toMatchObject({ status: 409, code: 'AGENT_OFFLINE' });
    expect(await refusal('GET', PATH)).toMatchObject({ status: 409, code: 'AGENT_OFFLINE' });
    await agent.connect();
  });

  it('of nobody are not found, and one that begins with a fault is refused while halted', async () => {
    expect(await refusal('GET', '/api/agents/stranger/proxies')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    await admin.halt('not now');
    expect(await refusal('POST', PATH, { ...REDIS, toxics: [LATENCY] })).toMatchObject({ status: 409, code: 'HALTED' });
    expect(await refusal('POST', PATH, { ...REDIS, enabled: false })).toMatchObject({ status: 409, code: 'HALTED' });
    expect((await admin.call('POST', PATH, REDIS)).status).toBe(201);
    await admin.resume('again');
  });

  it('that are malformed are refused before the agent hears of them', async () => {
    const before = agent.received.length;
    expect(await refusal('POST', PATH, { ...REDIS, upstream: 'nowhere' })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(await refusal('POST', PATH, { ...REDIS, toxics: [{ type: 'gremlin' }] })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(agent.received).toHaveLength(before);
  });
});
