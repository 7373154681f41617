import { execFileSync, fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_NODE_FLAGS } from '#contracts';
import type { AgentSystem, Protocol } from '#contracts';
import { freePort } from '../../test/support/embedded-postgres.js';
import { FaultServer } from '../../test/support/fault-server.js';
import { PROJECT_ROOT } from '../../test/support/project-root.js';
import { waitUntil } from '../../test/support/wait-until.js';
import type { UpstreamPorts } from './traffic-upstream.js';

export type WayName = 'direct' | 'faultline' | 'faultline-sensors' | 'toxiproxy' | 'haproxy';

/** One way from the load to the upstreams. */
export interface Way {
  readonly name: WayName;
  readonly ports: UpstreamPorts;
  /** Of the proxy; null for the direct way. */
  readonly pid: number | null;
  /** Origin of its Toxiproxy API; null where there is none. */
  readonly api: string | null;
  stop(): Promise<void>;
}

type Kind = keyof UpstreamPorts;
const KINDS: readonly Kind[] = ['echo', 'http', 'sink'];

/** Every way that this machine has; those that are absent are named on stdout. */
export async function startWays(upstream: UpstreamPorts): Promise<Way[]> {
  const direct: Way = { name: 'direct', ports: upstream, pid: null, api: null, stop: () => Promise.resolve() };
  const ways: Way[] = [direct, await startFaultline('faultline', 'tcp', upstream), await startFaultline('faultline-sensors', 'http', upstream)];
  const toxiproxy = process.env['TOXIPROXY_BIN'];
  if (toxiproxy !== undefined && existsSync(toxiproxy)) ways.push(await startToxiproxy(toxiproxy, upstream));
  else absent('Toxiproxy', 'set TOXIPROXY_BIN to its server binary');
  if (hasHaproxy()) ways.push(await startHaproxy(upstream));
  else absent('HAProxy', 'install the package haproxy');
  return ways;
}

function absent(peer: string, remedy: string): void {
  process.stdout.write(`${peer} is absent: ${remedy} to compare with it.\n`);
}

async function freePorts(): Promise<UpstreamPorts> {
  return { echo: await freePort(), http: await freePort(), sink: await freePort() };
}

/** A real agent, reporting to a stand-in for its server. `tcp` counts bytes and connections, `http` follows every request. */
async function startFaultline(name: WayName, protocol: Protocol, upstream: UpstreamPorts): Promise<Way> {
  const server = await FaultServer.start();
  const directory = await mkdtemp(join(tmpdir(), 'faultline-bench-'));
  const ports = await freePorts();
  const apiPort = await freePort();
  await writeFile(join(directory, 'system.json'), JSON.stringify(benchSystem(protocol, ports, upstream)));
  const child = fork(join(PROJECT_ROOT, 'dist/apps/agent/src/main.js'), [], {
    env: {
      PATH: process.env['PATH'],
      FAULTLINE_SERVER: server.origin.replace(/^http/, 'ws'),
      FAULTLINE_AGENT_NAME: 'bench',
      FAULTLINE_AGENT_SYSTEM: join(directory, 'system.json'),
      FAULTLINE_AGENT_DATA: join(directory, 'data'),
      FAULTLINE_AGENT_TOXIPROXY: `127.0.0.1:${apiPort}`,
      FAULTLINE_ENROL_TOKEN: 'x'.repeat(20),
      FAULTLINE_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...AGENT_NODE_FLAGS],
  });
  await server.hear('hello');
  const stop = async (): Promise<void> => {
    await end(child);
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { name, ports, pid: child.pid ?? null, api: `http://127.0.0.1:${apiPort}`, stop };
}

function benchSystem(protocol: Protocol, ports: UpstreamPorts, upstream: UpstreamPorts): AgentSystem {
  const node = (name: string): AgentSystem['nodes'][number] => ({ name, kind: 'service', region: 'here' });
  return {
    regions: [{ name: 'here', city: 'Here', latitudeDeg: 0, longitudeDeg: 0 }],
    nodes: [node('load'), ...KINDS.map(node)],
    // What is not HTTP stays a tcp edge in both, so that each figure is of one thing.
    proxies: KINDS.map((kind) => ({
      name: kind,
      edge: { source: 'load', target: kind, protocol: kind === 'http' ? protocol : 'tcp' },
      listen: `127.0.0.1:${ports[kind]}`,
      upstream: `127.0.0.1:${upstream[kind]}`,
    })),
  };
}

async function startToxiproxy(binary: string, upstream: UpstreamPorts): Promise<Way> {
  const apiPort = await freePort();
  const ports = await freePorts();
  const child = spawn(binary, ['-host', '127.0.0.1', '-port', String(apiPort)], { stdio: 'ignore', env: { ...process.env, LOG_LEVEL: 'error' } });
  const api = `http://127.0.0.1:${apiPort}`;
  await waitUntil('Toxiproxy answers', () => fetch(`${api}/version`).then((answer) => answer.ok || undefined, () => undefined));
  const proxies = KINDS.map((kind) => ({ name: kind, listen: `127.0.0.1:${ports[kind]}`, upstream: `127.0.0.1:${upstream[kind]}` }));
  const populated = await fetch(`${api}/populate`, { method: 'POST', body: JSON.stringify(proxies) });
  if (!populated.ok) throw new Error(`Toxiproxy refused the proxies: ${await populated.text()}`);
  return { name: 'toxiproxy', ports, pid: child.pid ?? null, api, stop: () => end(child) };
}

function hasHaproxy(): boolean {
  try {
    execFileSync('haproxy', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function startHaproxy(upstream: UpstreamPorts): Promise<Way> {
  const ports = await freePorts();
  const directory = await mkdtemp(join(tmpdir(), 'faultline-bench-'));
  const sections = KINDS.map((kind) => `listen ${kind}\n  bind 127.0.0.1:${ports[kind]}\n  server upstream 127.0.0.1:${upstream[kind]}\n`);
  const head = 'global\n  maxconn 2000\ndefaults\n  mode tcp\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n';
  await writeFile(join(directory, 'haproxy.cfg'), head + sections.join(''));
  const child = spawn('haproxy', ['-db', '-q', '-f', join(directory, 'haproxy.cfg')], { stdio: ['ignore', 'ignore', 'inherit'] });
  await waitUntil('HAProxy listens', () => (child.exitCode === null ? accepts(ports.echo) : Promise.reject(new Error(`haproxy exited with ${child.exitCode}`))));
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  return { name: 'haproxy', ports, pid: child.pid ?? null, api: null, stop };
}

function accepts(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(true)).on('error', () => resolve(undefined)).on('connect', () => socket.destroy());
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
