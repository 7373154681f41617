import type { WebSocket } from 'ws';
import { LEASE_RENEW_EVERY_MS, LEASE_TTL_MS, type AgentMessage, type ServerMessage } from '#contracts';
import type { AgentLink, AgentLinks, ConnectedAgent } from './agent-links.service.js';
import { describedProblem, reportProblem, topologyProblem, type Described, type Hello } from './check-message.js';
import { MessageAllowance } from './message-allowance.js';
import { readMessage } from './read-message.js';

// A silent agent is noticed before its leases end (10 s), so that the picture greys its edges first.
const PING_EVERY_MS = 2_000;
const DEAD_AFTER_MS = 6_000;
// An agent answers every order, and probes every fault: three messages each, thousands at a halt, and 600 reports at once after an absence.
const ALLOWANCE = { burst: 20_000, perSec: 1_000 };
// An agent that does not read must not fill our memory: a whole order is about 1 KiB.
const MAX_UNSENT_BYTES = 16 * 1024 * 1024;
const CLOSE_PROTOCOL_ERROR = 1002;
const CLOSE_REPLACED = 1008;

export interface SessionHost {
  readonly links: AgentLinks;
  /** A message that the channel does not allow: what came, and what is wrong with it. */
  onRefused(agent: string, problem: string): void;
}

type OpenLink = AgentLink & { agent: ConnectedAgent };

/**
 * One connection of one agent, from its upgrade to its end:
 *
 *     open --hello--> welcomed --messages, more described--> ... --close, silence or a malformed message--> gone
 */
export class AgentSession {
  private link: OpenLink | null = null;
  private heardAtMs = performance.now();
  private readonly allowance = new MessageAllowance(ALLOWANCE, performance.now());
  private readonly pinging: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    private readonly name: string,
    private readonly host: SessionHost,
  ) {
    socket.on('message', (data, isBinary) => this.receive(isBinary ? null : data.toString()));
    socket.on('pong', () => this.noteHeard());
    socket.on('close', () => this.end());
    // `close` follows every error of a socket, and is where it is dealt with.
    socket.on('error', (error) => host.onRefused(name, error.message));
    this.pinging = setInterval(() => this.checkAlive(), PING_EVERY_MS);
  }

  private receive(text: string | null): void {
    this.noteHeard();
    // What an agent sends after it was refused is on its way already, and means nothing any more.
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (!this.allowance.take(performance.now())) return this.refuse(`More than ${ALLOWANCE.perSec} messages a second.`);
    const message = text === null ? 'The message is binary; the channel speaks JSON text.' : readMessage(text);
    if (typeof message === 'string') return this.refuse(message);
    if (message.type === 'hello') this.welcome(message);
    else if (message.type === 'described') this.describe(message);
    else this.pass(message);
  }

  private welcome(hello: Hello): void {
    if (this.link !== null) return this.refuse('hello was sent twice on one connection.');
    const problem = topologyProblem(hello);
    if (problem !== null) return this.refuse(problem);
    const { regions, nodes, edges, version, bootId, startedAtMs, capabilities } = hello;
    this.link = this.openLink({ name: this.name, version, bootId, startedAtMs, topology: { regions, nodes, edges }, capabilities });
    this.link.send({ type: 'welcome', agent: this.name, leaseTtlMs: LEASE_TTL_MS, renewEveryMs: LEASE_RENEW_EVERY_MS, serverTimeMs: Date.now() });
    this.host.links.join(this.link, hello.faults);
  }

  private describe({ nodes, edges }: Described): void {
    if (this.link === null) return this.refuse('"described" came before hello.');
    const { agent } = this.link;
    const topology = { regions: agent.topology.regions, nodes, edges };
    const problem = describedProblem(topology, agent.topology);
    if (problem !== null) return this.refuse(problem);
    this.link.agent = { ...agent, topology };
    this.host.links.describe(this.link);
  }

  private openLink(agent: ConnectedAgent): OpenLink {
    return {
      agent,
      send: (message) => this.send(message),
      close: (reason) => this.close(CLOSE_REPLACED, reason),
    };
  }

  private pass(message: Exclude<AgentMessage, Hello | Described>): void {
    if (this.link === null) return this.refuse(`"${message.type}" came before hello.`);
    const { agent } = this.link;
    const problem = message.type === 'flow' ? reportProblem(message.report, agent.topology.edges.length) : null;
    if (problem !== null) return this.refuse(problem);
    this.host.links.events.publish({ type: 'message', agent, message });
  }

  private send(message: ServerMessage): void {
    if (this.socket.bufferedAmount > MAX_UNSENT_BYTES) {
      this.host.onRefused(this.name, 'It does not read what it is sent.');
      this.socket.terminate();
      return;
    }
    // A socket that is closing drops it: the agent hears the same again when it is back, or its lease ends.
    this.socket.send(JSON.stringify(message), () => undefined);
  }

  private refuse(problem: string): void {
    this.host.onRefused(this.name, problem);
    this.close(CLOSE_PROTOCOL_ERROR, problem);
  }

  private close(code: number, problem: string): void {
    this.send({ type: 'rejected', problem });
    this.socket.close(code);
    // Whoever does not answer the close is cut off by the next check.
    this.heardAtMs = -Infinity;
  }

  private checkAlive(): void {
    if (performance.now() - this.heardAtMs > DEAD_AFTER_MS) this.socket.terminate();
    else this.socket.ping();
  }

  private noteHeard(): void {
    if (this.heardAtMs !== -Infinity) this.heardAtMs = performance.now();
  }

  private end(): void {
    clearInterval(this.pinging);
    if (this.link !== null) this.host.links.leave(this.link);
  }
}
