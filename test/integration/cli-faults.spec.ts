import { execFile } from 'node:child_process';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedTokenView, FaultView } from '#contracts';
import { AgentProcess } from '../support/agent-process.js';
import type { ApiClient } from '../support/api-client.js';
import { freePort, startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { PROJECT_ROOT } from '../support/project-root.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let agent: AgentProcess;
let upstream: Server;
let admin: ApiClient;
let token: string;
let port: number;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly problem: string;
}

function faultline(args: readonly string[], environment: Record<string, string> = { FAULTLINE_TOKEN: token, FAULTLINE_URL: server.origin }): Promise<Run> {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(PROJECT_ROOT, 'dist/apps/cli/src/main.js'), ...args], { env }, (error, out, problem) => resolve({ code: error === null ? 0 : Number(error.code), out, problem }));
  });
}

/** Status and milliseconds of one request through the edge. */
function ask(): Promise<{ status: number; tookMs: number }> {
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/' }, (answer) => answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, tookMs: performance.now() - startedMs }))).on('error', reject);
  });
}

const idIn = (out: string): string => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(out)?.[0] ?? '(no id)';

beforeAll(async () => {
  upstream = createServer((_, response) => response.end('hello'));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  port = await freePort();
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  agent = await AgentProcess.start({
    serverOrigin: server.origin,
    enrolToken: server.ready.enrolToken,
    system: {
      regions: [{ name: 'here', city: 'Here', latitudeDeg: 0, longitudeDeg: 0 }],
      nodes: [
        { name: 'web', kind: 'service', region: 'here' },
        { name: 'pay', kind: 'service', region: 'here' },
      ],
      proxies: [{ edge: { source: 'web', target: 'pay', protocol: 'http' }, listen: `127.0.0.1:${port}`, upstream: `127.0.0.1:${(upstream.address() as AddressInfo).port}` }],
    },
  });
  admin = await server.signIn();
  await waitUntil('the edge is known', async () => (await admin.topology()).edges.length > 0);
  token = (await admin.need<CreatedTokenView>('POST', '/api/tokens', { name: 'ci', role: 'operator', expiresInDays: 1 })).token;
});
afterAll(async () => {
  await agent?.remove();
  await server?.stop();
  await postgres?.stop();
  upstream?.close();
});

describe('faultline fault', () => {
  it('applies a fault that acts and is proven, lists it, and stops it', async () => {
    const applied = await faultline(['fault', 'apply', '--kind', 'latency', '--edge', 'web->pay', '--set', 'latencyMs=400', '--for', '60s']);
    expect(applied).toMatchObject({ code: 0, problem: '' });
    expect(applied.out).toMatch(/active\s+latency: \+400 ms.* on web -> pay \(http\)/);
    expect(applied.out).toContain('proven: asked');
    expect((await ask()).tookMs).toBeGreaterThanOrEqual(399);
    const listed = await faultline(['fault', 'list']);
    expect(listed.out).toContain(idIn(applied.out));
    const reverted = await faultline(['fault', 'revert', idIn(applied.out)]);
    expect(reverted).toMatchObject({ code: 0, out: expect.stringContaining('reverted') });
    expect((await ask()).status).toBe(200);
    expect((await faultline(['fault', 'list'])).out).toBe('No fault acts now.\n');
  });

  it('previews a selection and starts it', async () => {
    const select = ['fault', 'apply', '--kind', 'abort', '--set', 'httpStatus=503', '--select', 'source=w*', '--percent', '10'];
    const preview = await faultline([...select, '--preview']);
    expect(preview).toMatchObject({ code: 0, out: expect.stringContaining('web -> pay (http)') });
    expect((await ask()).status).toBe(200);
    const started = await faultline([...select, '--for', '30s', '--json']);
    const { faultIds } = JSON.parse(started.out) as { faultIds: string[] };
    expect(faultIds).toHaveLength(1);
    expect((await ask()).status).toBe(503);
    expect(await faultline(['fault', 'revert', '--all'])).toMatchObject({ code: 0 });
    expect((await ask()).status).toBe(200);
  });

  it.each([
    [['fault', 'apply', '--kind', 'latency', '--edge', 'web->pay', '--set', 'latencyMs=-1', '--for', '5s'], 2, 'fault.params.latencyMs'],
    [['fault', 'apply', '--kind', 'latency', '--edge', 'web->pay', '--set', 'latency=400', '--for', '5s'], 2, 'latency'],
    [['fault', 'apply', '--kind', 'latency', '--edge', 'web->db', '--set', 'latencyMs=4', '--for', '5s'], 1, 'known are web -> pay (http)'],
    [['fault', 'apply', '--kind', 'process-kill', '--agent', 'local', '--pid', '1234567', '--for', '5s'], 1, 'policy'],
    [['fault', 'apply', '--kind', 'cpu-stress', '--agent', 'nobody', '--set', 'workers=1', '--for', '5s'], 1, 'nobody'],
    [['fault', 'revert'], 2, 'name the faults to stop'],
    [['fault'], 2, 'apply, list, revert'],
  ])('says what is wrong with %s', async (args, code, problem) => {
    const run = await faultline(args);
    expect(run).toMatchObject({ code, out: '' });
    expect(run.problem).toContain(problem);
    expect(run.problem.trimEnd().split('\n')).toHaveLength(1);
  });

  it('needs a token and a server', async () => {
    expect(await faultline(['fault', 'list'], {})).toMatchObject({ code: 2, problem: expect.stringContaining('FAULTLINE_TOKEN is not set') });
    expect(await faultline(['fault', 'list'], { FAULTLINE_TOKEN: 'x'.repeat(40), FAULTLINE_URL: server.origin })).toMatchObject({ code: 1, problem: expect.stringContaining('Sign in first') });
    expect(await faultline(['fault', 'list'], { FAULTLINE_TOKEN: token, FAULTLINE_URL: 'http://127.0.0.1:9' })).toMatchObject({ code: 1, problem: expect.stringContaining('does not answer') });
  });
});

describe('faultline halt', () => {
  it('ends everything and lets nothing start', async () => {
    await faultline(['fault', 'apply', '--kind', 'down', '--edge', 'web->pay', '--for', '60s']);
    await expect(ask()).rejects.toThrow('ECONNREFUSED');
    const halted = await faultline(['halt', '--reason', 'the test says so']);
    expect(halted).toMatchObject({ code: 0, out: expect.stringMatching(/1 reverted in \d+ ms, all confirmed/) });
    expect((await ask()).status).toBe(200);
    const refused = await faultline(['fault', 'apply', '--kind', 'down', '--edge', 'web->pay', '--for', '60s']);
    expect(refused).toMatchObject({ code: 1, problem: expect.stringContaining('Everything is halted') });
    await admin.resume('the test is over');
    expect((await admin.need<FaultView[]>('GET', '/api/faults?state=live')).length).toBe(0);
  });
});
