import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childMessageSchema } from '#contracts';
import type { ChildMessage } from '#contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultServer } from '../support/fault-server.js';
import { FAULT_ID, listen } from '../support/proxied-edge.js';

const MAIN = fileURLToPath(new URL('../../dist/apps/agent/src/main.js', import.meta.url));
const EDGE = { source: 'caller', target: 'shop', protocol: 'tcp' } as const;

let directory: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faultline-agent-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** Starts an agent with one edge that listens on `port`, and gives its first word to its parent. */
async function start(port: number, env: NodeJS.ProcessEnv = {}): Promise<ChildMessage> {
  const system = {
    regions: [{ name: 'eu', city: 'Frankfurt', latitudeDeg: 50.1, longitudeDeg: 8.7 }],
    nodes: ['caller', 'shop'].map((name) => ({ name, kind: 'service', region: 'eu' })),
    proxies: [{ edge: EDGE, listen: `127.0.0.1:${port}`, upstream: '127.0.0.1:9' }],
  };
  const file = join(directory, 'system.json');
  await writeFile(file, JSON.stringify(system));
  const settings = { FAULTLINE_AGENT_SYSTEM: file, FAULTLINE_AGENT_DATA: join(directory, 'data'), FAULTLINE_LOG_LEVEL: 'silent', FAULTLINE_AGENT_TOXIPROXY: 'off', ...env };
  child = fork(MAIN, [], { env: settings, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  return nextWord();
}

async function nextWord(): Promise<ChildMessage> {
  const [message] = (await once(child!, 'message')) as [unknown];
  return childMessageSchema.parse(message);
}

async function exitCode(): Promise<unknown> {
  if (child === undefined || child.exitCode !== null) return child?.exitCode;
  return ((await once(child, 'exit')) as [unknown])[0];
}

describe('the agent as a child process', () => {
  it('is ready although no server is there, and leaves when its parent does', async () => {
    expect(await start(0, { FAULTLINE_SERVER: 'ws://127.0.0.1:9', FAULTLINE_ENROL_TOKEN: 'a-token-that-nobody-takes' })).toEqual({ type: 'ready' });
    child?.disconnect();
    expect(await exitCode()).toBe(0);
  });

  it('reverts what it holds when its parent is gone', async () => {
    const server = await FaultServer.start();
    await start(0, { FAULTLINE_SERVER: server.origin.replace('http', 'ws'), FAULTLINE_ENROL_TOKEN: 'a-token-that-anyone-takes' });
    await server.hear('hello');
    server.apply({ faultId: FAULT_ID, spec: { kind: 'down', params: {} }, target: { type: 'edge', edge: EDGE }, leaseTtlMs: 30_000, notAfterMs: 60_000, seed: 1, overlap: 'refuse' });
    await server.hear('applied');
    child?.disconnect();
    expect(await server.hear('reverted')).toMatchObject({ faultId: FAULT_ID, reason: 'agent-stopped' });
    expect(await exitCode()).toBe(0);
    await server.stop();
  });

  it('names the port and the edge when it cannot listen, and exits', async () => {
    const holder = createServer();
    const port = await listen(holder);
    expect(await start(port)).toEqual({ type: 'failed', message: expect.stringMatching(`cannot listen on 127.0.0.1:${port} for the edge caller -> shop \\(tcp\\): another process has the port`) });
    expect(await exitCode()).toBe(1);
    await new Promise((resolve) => holder.close(resolve));
  });

  it('goes on without the Toxiproxy API when its port is taken, and says so first', async () => {
    const holder = createServer();
    const address = `127.0.0.1:${await listen(holder)}`;
    const first = await start(0, { FAULTLINE_SERVER: 'ws://127.0.0.1:9', FAULTLINE_ENROL_TOKEN: 'a-token-that-nobody-takes', FAULTLINE_AGENT_TOXIPROXY: address });
    expect(first).toEqual({ type: 'progress', message: expect.stringContaining(`The Toxiproxy API is not served on ${address}`) });
    expect(await nextWord()).toEqual({ type: 'ready' });
    await new Promise((resolve) => holder.close(resolve));
  });

  it('starts with a damaged ledger, which it keeps aside', async () => {
    await mkdir(join(directory, 'data'));
    await writeFile(join(directory, 'data', 'ledger.jsonl'), '{"ledger":2}\n{"add":\n');
    expect(await start(0, { FAULTLINE_SERVER: 'ws://127.0.0.1:9', FAULTLINE_ENROL_TOKEN: 'a-token-that-nobody-takes' })).toEqual({ type: 'ready' });
    expect((await readdir(join(directory, 'data'))).some((name) => name.startsWith('ledger.jsonl.corrupt-'))).toBe(true);
  });

  it('names every setting that is wrong, and exits', async () => {
    const message = await start(0, { FAULTLINE_SERVER: 'localhost', FAULTLINE_AGENT_COLOUR: 'red' });
    expect(message).toMatchObject({ type: 'failed', message: expect.stringMatching(/FAULTLINE_AGENT_COLOUR.*FAULTLINE_SERVER/) });
    expect(await exitCode()).toBe(1);
  });

  it('names what is wrong with its system file, and exits', async () => {
    const message = await start(0, { FAULTLINE_AGENT_SYSTEM: join(directory, 'nowhere.json') });
    expect(message).toMatchObject({ type: 'failed', message: expect.stringContaining('nowhere.json') });
    expect(await exitCode()).toBe(1);
  });
});
