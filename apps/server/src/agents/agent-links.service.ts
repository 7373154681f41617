import { Injectable } from '@nestjs/common';
import { edgeKeyText, type AgentMessage, type Capability, type EdgeKey, type ServerMessage, type Topology } from '#contracts';
import { Changes } from '../state/changes.js';
import type { Described, Hello } from './check-message.js';

/** An agent whose hello was accepted. */
export interface ConnectedAgent {
  readonly name: string;
  readonly version: string;
  readonly bootId: string;
  /** When its process began, by its own clock. */
  readonly startedAtMs: number;
  /** Its edges in the order that its reports refer to. */
  readonly topology: Topology;
  readonly capabilities: readonly Capability[];
}

export type AgentEvent =
  | { readonly type: 'connected'; readonly agent: ConnectedAgent; readonly held: Hello['faults'] }
  /** It carries more than it did; its edges up to now keep their places. */
  | { readonly type: 'described'; readonly agent: ConnectedAgent }
  | { readonly type: 'message'; readonly agent: ConnectedAgent; readonly message: Exclude<AgentMessage, Hello | Described> }
  | { readonly type: 'disconnected'; readonly agent: ConnectedAgent }
  /** It was taken out of Faultline and will not come back under this enrolment. */
  | { readonly type: 'removed'; readonly name: string };

/** The open connection of one agent. */
export interface AgentLink {
  /** As it described itself last. */
  readonly agent: ConnectedAgent;
  send(message: ServerMessage): void;
  close(problem: string): void;
}

/** Who is connected now, what each carries, and everything they say. Others follow `events`; nothing here knows who they are. */
@Injectable()
export class AgentLinks {
  readonly events = new Changes<AgentEvent>('agent events');
  private readonly links = new Map<string, AgentLink>();
  private readonly carriers = new Map<string, Set<string>>();

  /** A second connection of an agent takes the place of the first: the first is most likely dead and does not know it yet. */
  join(link: AgentLink, held: Hello['faults']): void {
    const { agent } = link;
    const former = this.links.get(agent.name);
    if (former !== undefined) {
      this.leave(former);
      former.close('Another connection of this agent took over.');
    }
    this.links.set(agent.name, link);
    this.carry(agent);
    this.events.publish({ type: 'connected', agent, held });
  }

  /** What the agent of the link is now, after it described more. */
  describe(link: AgentLink): void {
    const { agent } = link;
    if (this.links.get(agent.name) !== link) return;
    this.carry(agent);
    this.events.publish({ type: 'described', agent });
  }

  /** Does nothing for a link whose place another one has taken. */
  leave(link: AgentLink): void {
    const { agent } = link;
    if (this.links.get(agent.name) !== link) return;
    this.links.delete(agent.name);
    for (const edge of agent.topology.edges) this.carriersOf(edge).delete(agent.name);
    this.events.publish({ type: 'disconnected', agent });
  }

  /** False when the agent is not connected. */
  send(agent: string, message: ServerMessage): boolean {
    const link = this.links.get(agent);
    link?.send(message);
    return link !== undefined;
  }

  sendAll(message: ServerMessage): void {
    for (const link of this.links.values()) link.send(message);
  }

  close(agent: string, problem: string): void {
    this.links.get(agent)?.close(problem);
  }

  /** Ends the connection of an agent that was taken out of Faultline. */
  expel(name: string): void {
    this.close(name, 'This agent was removed from Faultline.');
    this.events.publish({ type: 'removed', name });
  }

  isConnected(agent: string): boolean {
    return this.links.has(agent);
  }

  find(agent: string): ConnectedAgent | null {
    return this.links.get(agent)?.agent ?? null;
  }

  connected(): ConnectedAgent[] {
    return [...this.links.values()].map(({ agent }) => agent);
  }

  /** The connected agent that carries the edge, the first by name when several do; null when none does. */
  carrierOf(edge: EdgeKey): string | null {
    const [first] = [...(this.carriers.get(edgeKeyText(edge)) ?? [])].sort();
    return first ?? null;
  }

  private carry(agent: ConnectedAgent): void {
    for (const edge of agent.topology.edges) this.carriersOf(edge).add(agent.name);
  }

  private carriersOf(edge: EdgeKey): Set<string> {
    const key = edgeKeyText(edge);
    const carriers = this.carriers.get(key) ?? new Set<string>();
    this.carriers.set(key, carriers);
    return carriers;
  }
}
