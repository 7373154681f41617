import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { faultSpecSchema } from '#contracts';
import type { AgentSystem, FaultOrder, FaultSpec } from '#contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AgentProcess } from '../support/agent-process.js';
import { FaultServer } from '../support/fault-server.js';
import { listen, quiet } from '../support/proxied-edge.js';
import { waitUntil } from '../support/wait-until.js';

const EDGE = { source: 'caller', target: 'shop', protocol: 'http' } as const;
// Short leases keep the tests short; the agent takes the lease from the order.
const LEASE_MS = 1_500;

let upstream: Server;
let upstreamPort: number;
let listenPort: number;
let server: FaultServer;
let agent: AgentProcess;

function order(spec: FaultSpec, more: Partial<FaultOrder> = {}): FaultOrder {
  return { faultId: randomUUID(), spec, target: { type: 'edge', edge: EDGE }, leaseTtlMs: LEASE_MS, notAfterMs: 60_000, seed: 1, overlap: 'refuse', ...more };
}
const ABORT = faultSpecSchema.parse({ kind: 'abort', params: { httpStatus: 503 } });
const HANG = faultSpecSchema.parse({ kind: 'timeout', params: {} });

async function status(): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${listenPort}/`);
  await response.arrayBuffer();
  return response.status;
}

async function freePort(): Promise<number> {
  const probe = createTcpServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function inject(spec: FaultSpec, more: Partial<FaultOrder> = {}): Promise<FaultOrder> {
  const given = order(spec, more);
  server.apply(given);
  await server.hear('applied', ({ faultId }) => faultId === given.faultId);
  return given;
}

beforeAll(async () => {
  upstream = createServer((_request, response) => void response.end('fine'));
  upstreamPort = await listen(upstream);
});
afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});
beforeEach(async () => {
  listenPort = await freePort();
  server = await FaultServer.start();
  const system: AgentSystem = {
    regions: [{ name: 'eu', city: 'Frankfurt', latitudeDeg: 50.1, longitudeDeg: 8.7 }],
    nodes: [
      { name: 'caller', kind: 'service', region: 'eu' },
      { name: 'shop', kind: 'service', region: 'eu' },
    ],
    proxies: [{ edge: EDGE, listen: `127.0.0.1:${listenPort}`, upstream: `127.0.0.1:${upstreamPort}` }],
  };
  agent = await AgentProcess.start({ serverOrigin: server.origin, enrolToken: 'enrol-token-of-this-test', system });
  await server.hear('hello');
});
afterEach(async () => {
  await agent.remove();
  await server.stop();
});

describe('the lease of a fault', () => {
  it('is kept alive by renewals, and the fault ends when told', async () => {
    const { faultId } = await inject(ABORT, { leaseTtlMs: 4_000 });
    await quiet(6_000);
    expect(await status()).toBe(503);
    server.say({ type: 'revert', faultId, reason: 'stopped' });
    expect(await server.hear('reverted')).toMatchObject({ faultId, reason: 'stopped' });
    expect(await status()).toBe(200);
  });

  it('ends the fault when renewals are not answered', async () => {
    server.renewing = 'ignores';
    await inject(ABORT);
    const startedMs = performance.now();
    expect(await server.hear('reverted')).toMatchObject({ reason: 'lease-expired' });
    expect(performance.now() - startedMs).toBeGreaterThan(LEASE_MS - 500);
    expect(await status()).toBe(200);
  });

  it('ends the fault when the server is gone, and the server hears of it when it is back', async () => {
    const { faultId } = await inject(ABORT);
    const { port, secrets } = server;
    await server.stop();
    await waitUntil('traffic is clean', async () => (await status()) === 200, 10_000);
    server = await FaultServer.start(port);
    for (const secret of secrets) server.secrets.add(secret);
    expect((await server.hear('hello')).faults).toEqual([]);
    expect(await server.hear('reverted')).toMatchObject({ faultId, reason: 'lease-expired' });
  });

  it('ends a fault that the server does not know', async () => {
    server.renewing = 'knows-none';
    await inject(ABORT, { leaseTtlMs: 30_000 });
    expect(await server.hear('reverted')).toMatchObject({ reason: 'unknown-to-server' });
  });

  it('survives a reconnect within it, and the hello names the fault', async () => {
    const { faultId } = await inject(ABORT, { leaseTtlMs: 20_000 });
    server.heard.length = 0;
    server.cut();
    expect((await server.hear('hello')).faults).toEqual([{ faultId, state: 'active', target: { type: 'edge', edge: EDGE } }]);
    expect((await server.hear('renew')).faultIds).toEqual([faultId]);
    expect(await status()).toBe(503);
  });

  it('ends at the longest life of the fault, whatever is renewed', async () => {
    await inject(ABORT, { leaseTtlMs: 30_000, notAfterMs: 1_000 });
    expect(await server.hear('reverted')).toMatchObject({ reason: 'duration-over' });
    expect(await status()).toBe(200);
  });
});

describe('the life of the agent', () => {
  it('ended by SIGTERM reverts first and says so', async () => {
    const { faultId } = await inject(ABORT, { leaseTtlMs: 30_000 });
    await agent.kill('SIGTERM');
    expect(await server.hear('reverted')).toMatchObject({ faultId, reason: 'agent-stopped' });
  });

  it('ended by SIGKILL leaves a ledger that the next start reports, and clean traffic', async () => {
    const { faultId } = await inject(HANG, { leaseTtlMs: 30_000 });
    await agent.kill('SIGKILL');
    server.heard.length = 0;
    await agent.start();
    expect(await server.hear('reverted')).toMatchObject({ faultId, reason: 'agent-restarted' });
    expect(await status()).toBe(200);
    expect(server.enrolments).toBe(1);
  });

  it('ended by SIGKILL is reported again after another restart until the server has acknowledged a later report', async () => {
    const { faultId } = await inject(ABORT, { leaseTtlMs: 30_000 });
    for (let restart = 0; restart < 2; restart++) {
      await agent.kill('SIGKILL');
      server.heard.length = 0;
      await agent.start();
      await server.hear('reverted', (message) => message.faultId === faultId);
    }
    const { bootId } = await server.hear('hello');
    const { report } = await server.hear('flow');
    server.say({ type: 'flow-ack', bootId, seq: report.seq + 5 });
    await quiet(300);
    await agent.kill('SIGKILL');
    server.heard.length = 0;
    await agent.start();
    await server.hear('flow');
    expect(server.heard.filter((message) => message.type === 'reverted')).toEqual([]);
  });

  it('leaves its data to no second agent while it lives', async () => {
    await expect(agent.start()).rejects.toThrow(/in use by the agent with process id \d+/);
  });
});

describe('the channel', () => {
  it('outlives messages that nobody understands', async () => {
    server.sayRaw('{"type":"apply","order":{"faultId":1}}');
    server.sayRaw('nonsense');
    server.say({ type: 'invented' });
    await inject(ABORT);
    expect(await status()).toBe(503);
  });

  it('enrols anew when its credential is no longer known', async () => {
    server.secrets.clear();
    server.heard.length = 0;
    server.cut();
    await server.hear('hello');
    expect(server.enrolments).toBe(2);
  });

  it('reports traffic with the faults that acted on it, every second', async () => {
    await inject(ABORT, { leaseTtlMs: 30_000 });
    for (let i = 0; i < 10; i++) await status();
    const { report } = await server.hear('flow', (message) => message.report.edges.length > 0);
    const faulted = (): number => server.heard.reduce((sum, message) => sum + (message.type === 'flow' ? message.report.edges.reduce((of, second) => of + second.faulted, 0) : 0), 0);
    await waitUntil('all ten are reported', () => faulted() === 10, 5_000);
    expect(report.edges[0]?.outcomes.serverError).toBeGreaterThan(0);
  });

  it('sends reports again that were not acknowledged', async () => {
    const first = await server.hear('flow');
    server.heard.length = 0;
    server.cut();
    await server.hear('flow', (message) => message.report.seq === first.report.seq);
  });

  it('refuses what it cannot do, and says why', async () => {
    const given = order(ABORT, { target: { type: 'edge', edge: { ...EDGE, target: 'nobody' } } });
    server.apply(given);
    expect(await server.hear('apply-refused')).toEqual({ type: 'apply-refused', faultId: given.faultId, reason: 'this agent has no edge caller -> nobody (http)' });
  });
});
