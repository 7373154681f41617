import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { LiveEdgeState } from '#contracts';
import { TrafficFold, diffEdgeStates, type NumberedTopology } from '#traffic';
import { AgentLinks, type AgentEvent } from '../agents/agent-links.service.js';
import { Changes } from './changes.js';
import { KnownTopology } from './known-topology.service.js';
import { pickNumbered } from './pick-numbered.js';

/** The world at one tick. `edges` are those that changed since the tick before, whose states are in `base`. */
export interface Tick {
  readonly seq: number;
  /** Unix seconds: the last full second that the counters reach. */
  readonly throughSec: number;
  readonly serverTimeMs: number;
  readonly edges: readonly LiveEdgeState[];
  readonly base: ReadonlyMap<number, LiveEdgeState>;
  readonly states: ReadonlyMap<number, LiveEdgeState>;
  readonly topology: NumberedTopology;
  /** The graph is not that of the tick before. */
  readonly topologyChanged: boolean;
}

// Agents report about 20 ms after a second ends; this leaves them that again, and a slow line, before the second is shown.
const TICK_AFTER_SECOND_MS = 150;
const SECOND_MS = 1_000;

/** The traffic now, in memory: what agents declare and report goes in, a numbered tick a second comes out. */
@Injectable()
export class TrafficState implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly ticks = new Changes<Tick>('ticks');
  readonly fold = new TrafficFold();
  private last: Tick;
  private topologyChanged = true;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly links: AgentLinks,
    private readonly known: KnownTopology,
  ) {
    this.last = { seq: 0, throughSec: 0, serverTimeMs: Date.now(), edges: [], base: new Map(), states: new Map(), topology: { version: 0, regions: [], nodes: [], edges: [] }, topologyChanged: false };
  }

  onModuleInit(): void {
    this.links.events.follow((event) => this.followAgent(event));
    this.known.changes.follow(() => (this.topologyChanged = true));
  }

  onApplicationBootstrap(): void {
    for (const [agent, topology] of this.known.described()) this.fold.declare(agent, topology);
    this.tick();
  }

  onModuleDestroy(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** The newest tick: what a follower that starts now has to begin with. */
  get now(): Tick {
    return this.last;
  }

  private followAgent(event: AgentEvent): void {
    if (event.type === 'connected' || event.type === 'described') this.fold.declare(event.agent.name, event.agent.topology);
    if (event.type === 'connected' || event.type === 'disconnected') this.fold.setConnected(event.agent.name, event.type === 'connected');
  }

  private tick(): void {
    const serverTimeMs = Date.now();
    // Late by whatever the process was: the next one aims at the clock again, so lateness does not add up.
    this.timer = setTimeout(() => this.tick(), SECOND_MS - ((serverTimeMs - TICK_AFTER_SECOND_MS) % SECOND_MS));
    this.last = this.measure(serverTimeMs);
    this.topologyChanged = false;
    this.ticks.publish(this.last);
  }

  private measure(serverTimeMs: number): Tick {
    this.fold.advance(Math.floor(serverTimeMs / SECOND_MS) - 1);
    const { states: base, topology } = this.last;
    const { topologyChanged } = this;
    const shown = topologyChanged ? pickNumbered(this.fold.topology(), this.known.current) : topology;
    const all = this.fold.edgeStates();
    const states = new Map(shown.edges.flatMap(({ id }) => pairOf(id, all.get(id))));
    const edges = diffEdgeStates(base, states.values());
    return { seq: this.last.seq + 1, throughSec: this.fold.throughSec(), serverTimeMs, edges, base, states, topology: shown, topologyChanged };
  }
}

function pairOf(id: number, state: LiveEdgeState | undefined): [number, LiveEdgeState][] {
  return state === undefined ? [] : [[id, state]];
}
