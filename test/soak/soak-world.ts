import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { AgentView } from '#contracts';
import { AgentProcess } from '../support/agent-process.js';
import type { ApiClient } from '../support/api-client.js';
import { freePort, startEmbeddedPostgres } from '../support/embedded-postgres.js';
import type { EmbeddedPostgres } from '../support/embedded-postgres.js';
import { startServer } from '../support/server-process.js';
import type { ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';
import { EDGES, parentOf, processIds, soakSystem, soakTargets, textOf } from './soak-targets.js';
import type { Places, SoakTarget } from './soak-targets.js';

const AGENT = 'soak';
const POLICY = { processes: { names: ['sleep'] }, stress: { maxCpuPercent: 50 }, network: { allow: true } };

interface WorldParts {
  readonly postgres: EmbeddedPostgres;
  readonly servers: readonly Server[];
  readonly sleeper: ChildProcess;
  /** The first one; it is started anew after it was killed. */
  readonly server: ServerProcess;
  readonly agent: AgentProcess;
  readonly places: Places;
}

/** A whole Faultline of real processes around targets that a campaign may break, with the hand of a supervisor that starts again what was killed. */
export class SoakWorld {
  private server: ServerProcess;

  private constructor(
    private readonly parts: WorldParts,
    readonly api: ApiClient,
  ) {
    this.server = parts.server;
  }

  static async start(): Promise<SoakWorld> {
    const http = createHttpServer((_request, response) => void response.end('fine'));
    const echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
    const packets = createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
    const servers = [http, echo, packets];
    const [httpPort, tcpPort, packetPort] = (await Promise.all(servers.map(listen))) as [number, number, number];
    const sleeper = spawn('sleep', ['86400'], { stdio: 'ignore' });
    const postgres = await startEmbeddedPostgres();
    const server = await startServer(postgres.url, { FAULTLINE_LOG_LEVEL: 'warn' });
    const ports = { slow: await freePort(), broken: await freePort(), gone: await freePort(), silent: await freePort() } satisfies Record<keyof typeof EDGES, number>;
    const system = soakSystem(ports, { http: httpPort, tcp: tcpPort });
    const agent = await AgentProcess.start({ serverOrigin: server.origin, enrolToken: server.ready.enrolToken, system, name: AGENT, policy: POLICY });
    const places: Places = { agent: AGENT, ports, packetPort, sleeperPid: sleeper.pid ?? 0 };
    const world = new SoakWorld({ postgres, servers, sleeper, server, agent, places }, await server.signIn());
    await world.connected();
    return world;
  }

  /** The targets that this host lets be broken, and why it does not the others. */
  async targets(): Promise<{ readonly able: readonly SoakTarget[]; readonly unavailable: Readonly<Record<string, string>> }> {
    const views = await this.api.need<AgentView[]>('GET', '/api/agents');
    const reasons = new Map(views.flatMap(({ capabilities }) => capabilities.map(({ kind, unavailable }) => [kind, unavailable] as const)));
    const all = soakTargets(this.parts.places);
    const missing = all.flatMap(({ kind }) => (reasons.get(kind) === null ? [] : [[kind, reasons.get(kind) ?? 'unknown to the agent'] as const]));
    return { able: all.filter(({ kind }) => reasons.get(kind) === null), unavailable: Object.fromEntries(missing) };
  }

  async killServer(): Promise<void> {
    await this.server.kill9();
  }

  async startServer(): Promise<void> {
    this.server = await startServer(this.parts.postgres.url, { FAULTLINE_LOG_LEVEL: 'warn', FAULTLINE_PORT: String(this.server.port) });
  }

  async killAgent(): Promise<void> {
    await this.parts.agent.kill('SIGKILL');
  }

  async startAgent(): Promise<void> {
    await this.parts.agent.start();
  }

  /** The watchdog of the agent as it is now; none while nothing needs one. */
  watchdogs(): number[] {
    const agentPid = this.parts.agent.pid;
    return processIds().filter((pid) => parentOf(pid) === agentPid && textOf(`/proc/${pid}/cmdline`).includes('watchdog-process'));
  }

  async connected(): Promise<void> {
    await waitUntil('the agent is connected', async () => (await this.api.need<AgentView[]>('GET', '/api/agents')).some(({ connected }) => connected));
  }

  log(): string {
    return this.parts.agent.log();
  }

  async stop(): Promise<void> {
    await this.parts.agent.remove();
    await this.server.stop();
    await this.parts.postgres.stop();
    this.parts.sleeper.kill('SIGKILL');
    for (const server of this.parts.servers) server.close();
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
