import type { AgentSystem, AgentView, EdgeKey, FaultView } from '#contracts';
import { LEASE_TTL_MS } from '#contracts';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentProcess } from '../support/agent-process.js';
import type { ApiClient } from '../support/api-client.js';
import { freePort, startEmbeddedPostgres } from '../support/embedded-postgres.js';
import type { EmbeddedPostgres } from '../support/embedded-postgres.js';
import { startServer } from '../support/server-process.js';
import type { ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

const EDGE: EdgeKey = { source: 'shop', target: 'stock', protocol: 'http' };
const LATENCY_MS = 700;
// How much later than the lease the outside may see clean traffic: one measuring request, and a busy machine.
const SLACK_MS = 5_000;

/** The worst minutes: each part is killed with SIGKILL while a fault acts, and the target must come out clean without anyone's help. */
describe('kill -9', () => {
  let upstream: Server;
  let postgres: EmbeddedPostgres;
  let server: ServerProcess;
  let agent: AgentProcess;
  let api: ApiClient;
  let listen: string;

  beforeEach(async () => {
    upstream = createServer((_request, response) => response.end('in stock'));
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    listen = `127.0.0.1:${await freePort()}`;
    postgres = await startEmbeddedPostgres();
    server = await startServer(postgres.url);
    agent = await AgentProcess.start({ serverOrigin: server.origin, enrolToken: server.ready.enrolToken, system: system(), name: 'edge-1' });
    api = await server.signIn();
    await agentConnected();
  });
  afterEach(async () => {
    await agent?.remove();
    await server?.stop();
    await postgres?.stop();
    upstream?.closeAllConnections();
    upstream?.close();
  });

  function system(): AgentSystem {
    const { port } = upstream.address() as AddressInfo;
    return {
      regions: [{ name: 'here', city: 'Here', latitudeDeg: 50, longitudeDeg: 8 }],
      nodes: [
        { name: 'shop', kind: 'service', region: 'here' },
        { name: 'stock', kind: 'service', region: 'here' },
      ],
      proxies: [{ edge: EDGE, listen, upstream: `127.0.0.1:${port}` }],
    };
  }

  const agentConnected = (): Promise<unknown> =>
    waitUntil('the agent is connected', async () => (await api.need<AgentView[]>('GET', '/api/agents')).some((view) => view.connected));
  const inject = (): Promise<FaultView> =>
    api.createFault({ target: { type: 'edge', edge: EDGE }, fault: { kind: 'latency', params: { latencyMs: LATENCY_MS, jitterMs: 0, share: 1 } }, durationMs: 600_000 });

  async function measureMs(): Promise<number> {
    const startedMs = performance.now();
    const response = await fetch(`http://${listen}/`);
    expect(await response.text()).toBe('in stock');
    return performance.now() - startedMs;
  }
  const clean = async (): Promise<boolean> => (await measureMs()) < LATENCY_MS / 2;

  it('of the server ends the fault within the lease, at the agent', async () => {
    await inject();
    expect(await measureMs()).toBeGreaterThanOrEqual(LATENCY_MS - 5);
    await server.kill9();
    const killedMs = performance.now();
    await waitUntil('traffic is clean', clean, LEASE_TTL_MS + SLACK_MS);
    process.stdout.write(`clean ${Math.round(performance.now() - killedMs)} ms after the server was killed (lease ${LEASE_TTL_MS} ms)\n`);
  });

  it('of the server loses no fault: the next one knows how it ended', async () => {
    const fault = await inject();
    await server.kill9();
    await waitUntil('traffic is clean', clean, LEASE_TTL_MS + SLACK_MS);
    server = await startServer(postgres.url, { FAULTLINE_PORT: String(server.port) });
    const ended = await waitUntil('the new server has the end confirmed', async () => {
      const now = await api.fault(fault.id);
      return now.state === 'reverted' ? now : null;
    });
    expect(ended.endReason).toBe('lease-expired');
  });

  it('of the agent leaves nothing: traffic is clean after its restart and the ledger is replayed', async () => {
    const fault = await inject();
    expect(await measureMs()).toBeGreaterThanOrEqual(LATENCY_MS - 5);
    await agent.kill('SIGKILL');
    await agent.start();
    expect(await measureMs()).toBeLessThan(LATENCY_MS / 2);
    const ended = await waitUntil('the server has the end confirmed', async () => {
      const now = await api.fault(fault.id);
      return now.state === 'reverted' ? now : null;
    });
    expect(ended.endReason).toBe('agent-restarted');
    await agentConnected();
    const next = await inject();
    expect(next.state).toBe('active');
    await api.revert(next.id);
  });

  it('of Postgres does not keep an operator from stopping a fault', async () => {
    const fault = await inject();
    await postgres.kill9();
    const answer = await api.call<FaultView>('POST', `/api/faults/${fault.id}/revert`);
    expect(answer.status).toBe(200);
    expect(await clean()).toBe(true);
    await postgres.restart();
    const ended = await waitUntil('the end is recorded', async () => {
      const now = await api.fault(fault.id);
      return now.state === 'reverted' ? now : null;
    });
    expect(ended.endReason).toBe('stopped');
  });

  it('of Postgres is survived: a halt still reaches the agent, and the server comes back by itself', async () => {
    await inject();
    await postgres.kill9();
    const readiness = await waitUntil('the server says it is not ready', async () => {
      const response = await fetch(`${server.origin}/readyz`);
      return response.status === 503 ? response : null;
    });
    expect(await readiness.text()).toContain('database');
    const refused = await api.call<{ error: { code: string } }>('POST', '/api/faults', { target: { type: 'edge', edge: EDGE }, fault: { kind: 'down', params: {} }, durationMs: 5_000 });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await api.call('POST', '/api/halt', { reason: 'the database is gone' });
    await waitUntil('traffic is clean', clean, LEASE_TTL_MS + SLACK_MS);
    await postgres.restart();
    await waitUntil('the server is ready again', async () => (await fetch(`${server.origin}/readyz`)).status === 200);
    await waitUntil('the halt is recorded', async () => (await api.need<{ reason: string } | null>('GET', '/api/halt'))?.reason === 'the database is gone');
    await api.resume('the database is back');
    const next = await waitUntil('a fault can start again', inject);
    expect(next.state).toBe('active');
    await api.revert(next.id);
  });
});
