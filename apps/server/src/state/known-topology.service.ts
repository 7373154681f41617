import { Injectable, type OnModuleInit } from '@nestjs/common';
import { edgeKeyText, type EdgeKey, type Topology } from '#contracts';
import { AgentLinks, type AgentEvent } from '../agents/agent-links.service.js';
import { TopologyStore } from '../storage/topology.store.js';
import { Changes } from './changes.js';
import { mergeTopologies, sameTopology, splitByCarrier } from './merge-topologies.js';

/** The graph as the agents describe it: of those that are connected what they said, of the others what they said last. */
@Injectable()
export class KnownTopology implements OnModuleInit {
  readonly changes = new Changes<Topology>('topology changes');
  private byAgent: ReadonlyMap<string, Topology> = new Map();
  private merged: Topology = { regions: [], nodes: [], edges: [] };
  private carriers: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly links: AgentLinks,
    private readonly store: TopologyStore,
  ) {}

  async onModuleInit(): Promise<void> {
    this.set(splitByCarrier(await this.store.load()));
    this.links.events.follow((event) => this.followAgent(event));
  }

  get current(): Topology {
    return this.merged;
  }

  /** What each agent described. */
  described(): ReadonlyMap<string, Topology> {
    return this.byAgent;
  }

  isKnown(edge: EdgeKey): boolean {
    return this.carriers.has(edgeKeyText(edge));
  }

  /** The agent that carries the edge or, while none that does is connected, carried it last; null for an unknown edge. */
  lastCarrierOf(edge: EdgeKey): string | null {
    return this.carriers.get(edgeKeyText(edge)) ?? null;
  }

  private followAgent(event: AgentEvent): void {
    if (event.type === 'connected' || event.type === 'described') this.set(new Map([...this.byAgent, [event.agent.name, event.agent.topology]]));
    if (event.type === 'removed') this.set(new Map([...this.byAgent].filter(([agent]) => agent !== event.name)));
  }

  private set(byAgent: ReadonlyMap<string, Topology>): void {
    const merged = mergeTopologies([...byAgent.values()]);
    this.byAgent = byAgent;
    this.carriers = new Map([...byAgent].flatMap(([agent, topology]) => topology.edges.map((edge): [string, string] => [edgeKeyText(edge), agent])));
    if (sameTopology(merged, this.merged)) return;
    this.merged = merged;
    this.changes.publish(merged);
  }
}
