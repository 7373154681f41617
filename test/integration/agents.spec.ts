import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENT_PATH, AGENT_PROTOCOL, type AgentView, type EnrolTokenView, type ErrorBody, type Topology } from '#contracts';
import { WebSocket } from 'ws';
import type { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent, SMALL_SHOP, NO_COUNTS, edgeSecond } from '../support/fake-agent.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
/** Enrolment is limited to some tries a minute, so most tests share one agent. */
let agent: FakeAgent;

async function refusedUpgrade(path: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode);
    });
    socket.on('error', () => undefined);
    socket.on('open', () => resolve(101));
  });
}

async function view(name: string): Promise<AgentView | undefined> {
  return (await admin.need<AgentView[]>('GET', '/api/agents')).find((agent) => agent.name === name);
}

async function refusedWith(agent: FakeAgent): Promise<string> {
  await waitUntil('the connection is closed', () => agent.closedWith !== null);
  return agent.heard('rejected').at(-1)?.problem ?? '';
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
});
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
});

describe('enrolment', () => {
  it('takes a token once', async () => {
    const { token } = await admin.need<EnrolTokenView>('POST', '/api/agents/tokens');
    expect((await admin.call('POST', '/api/agents/enrol', { token, name: 'once' })).status).toBe(201);
    const second = await admin.call<ErrorBody>('POST', '/api/agents/enrol', { token, name: 'twice' });
    expect(second).toMatchObject({ status: 401, body: { error: { code: 'ENROL_TOKEN_INVALID' } } });
  });

  it('takes a token for one of two who use it at once', async () => {
    const { token } = await admin.need<EnrolTokenView>('POST', '/api/agents/tokens');
    const answers = await Promise.all(['a', 'b'].map((name) => admin.call('POST', '/api/agents/enrol', { token, name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  it('refuses a token that is too old', async () => {
    const { token } = await admin.need<EnrolTokenView>('POST', '/api/agents/tokens');
    await postgres.query("UPDATE enrol_token SET expires_at = now() - interval '1 second' WHERE used_at IS NULL");
    expect((await admin.call('POST', '/api/agents/enrol', { token, name: 'late' })).status).toBe(401);
  });

  it('keeps neither token nor secret, only their hashes', async () => {
    const { token } = await admin.need<EnrolTokenView>('POST', '/api/agents/tokens');
    const { body } = await admin.call<{ secret: string }>('POST', '/api/agents/enrol', { token, name: 'hashed' });
    const kept = JSON.stringify([await postgres.query('SELECT * FROM agent'), await postgres.query('SELECT * FROM enrol_token'), await postgres.query('SELECT details FROM audit_row')]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(body.secret);
  });

  it('of a name that is taken gives it a new secret and closes the old connection', async () => {
    const first = await FakeAgent.start(admin, { name: 'renamed' });
    const second = await FakeAgent.start(admin, { name: 'renamed' });
    await waitUntil('the first is closed', () => first.closedWith !== null);
    expect(await refusedUpgrade(AGENT_PATH, { authorization: `Bearer ${first.secret}` })).toBe(401);
    expect((await view('renamed'))?.connected).toBe(true);
    second.vanish();
  });
});

describe('the agent endpoint', () => {
  // A new process has a new allowance of enrolments.
  beforeAll(async () => {
    await server.stop();
    server = await startServer(postgres.url);
    admin = await server.signIn();
    agent = await FakeAgent.start(admin);
  });

  it('answers 401 without a secret and with one of nobody', async () => {
    expect(await refusedUpgrade(AGENT_PATH)).toBe(401);
    expect(await refusedUpgrade(AGENT_PATH, { authorization: `Bearer ${'x'.repeat(43)}` })).toBe(401);
  });

  it('answers 404 to an upgrade of any other path', async () => {
    expect(await refusedUpgrade('/agents')).toBe(404);
    expect(await refusedUpgrade('/')).toBe(404);
  });

  it('lists the agent with what it carries, and keeps when it was last seen', async () => {
    expect(await view('local')).toMatchObject({ connected: true, version: '0.0.0-fake', edges: 3 });
    agent.vanish();
    await waitUntil('it is seen as gone', async () => (await view('local'))?.connected === false);
    expect(Date.parse((await view('local'))?.lastSeenAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('lets a second connection of an agent take over', async () => {
    await agent.connect();
    await agent.connect();
    expect((await view('local'))?.connected).toBe(true);
    expect(agent.closedWith).toBeNull();
  });

  it('removes an agent: its connection and its secret', async () => {
    const removed = await FakeAgent.start(admin, { name: 'removed' });
    expect((await admin.call('DELETE', '/api/agents/removed')).status).toBe(204);
    expect(await refusedWith(removed)).toContain('removed');
    expect(await refusedUpgrade(AGENT_PATH, { authorization: `Bearer ${removed.secret}` })).toBe(401);
    expect((await admin.call('DELETE', '/api/agents/removed')).status).toBe(404);
  });
});

describe('the agent channel', () => {
  const malformed: readonly (readonly [string, string, string])[] = [
    ['no JSON', '{', 'not JSON'],
    ['JSON that is no message', '[1]', 'malformed'],
    ['an unknown type', '{"type":"dance"}', 'malformed'],
    ['a second hello', JSON.stringify({ type: 'hello', protocol: AGENT_PROTOCOL, version: '1', bootId: '00000000-0000-4000-8000-000000000000', startedAtMs: 1, regions: [], nodes: [], edges: [], faults: [], capabilities: [] }), 'twice'],
    ['a report of an edge that hello did not list', JSON.stringify({ type: 'flow', report: { seq: 0, sec: 1, droppedReports: 0, edges: [{ ...edgeSecond(9), totals: NO_COUNTS }] } }), 'names the edge 9'],
  ];
  it.each(malformed)('closes the connection on %s and says why', async (_, text, why) => {
    await agent.connect();
    agent.sendText(text);
    expect(await refusedWith(agent)).toContain(why);
  });

  it('refuses another protocol and says which side to update', async () => {
    agent.vanish();
    await agent.connect({ protocol: 99 });
    expect(await refusedWith(agent)).toContain('update the server');
  });

  it('refuses a graph whose edge ends nowhere', async () => {
    agent.vanish();
    await agent.connect({ edges: [{ source: 'gateway', target: 'nowhere', protocol: 'http' }] });
    expect(await refusedWith(agent)).toContain('gateway -> nowhere (http)');
  });

  it('refuses whoever speaks before hello', async () => {
    agent.vanish();
    await agent.open();
    agent.sendText('{"type":"renew","faultIds":[]}');
    expect(await refusedWith(agent)).toContain('before hello');
  });

  it('closes the connection of an agent that floods it', async () => {
    await agent.connect();
    for (let i = 0; i < 25_000; i += 1) agent.sendText('{"type":"renew","faultIds":[]}');
    expect(await refusedWith(agent)).toContain('messages a second');
  });
});

describe('the graph', () => {
  it('is what the agents carry, and stays as it was while they are away', async () => {
    await agent.connect();
    const topology = await admin.topology();
    expect(new Set(topology.edges.map((edge) => `${edge.source}>${edge.target}`))).toEqual(new Set(['gateway>cart', 'cart>stock', 'cart>db']));
    agent.vanish();
    await waitUntil('it is seen as gone', async () => (await view('local'))?.connected === false);
    expect(await admin.topology()).toEqual(topology);
  });

  it('follows an agent that comes back with other edges', async () => {
    const mail: Topology = { regions: SMALL_SHOP.regions, nodes: [{ name: 'mail', kind: 'external', region: 'us' }, { name: 'gateway', kind: 'service', region: 'eu' }], edges: [{ source: 'gateway', target: 'mail', protocol: 'http' }] };
    await agent.connect({ nodes: mail.nodes, edges: mail.edges });
    expect((await admin.topology()).nodes.map((node) => node.name)).toContain('mail');
    await agent.connect();
    expect((await admin.topology()).nodes.map((node) => node.name)).not.toContain('mail');
    agent.vanish();
  });
});
