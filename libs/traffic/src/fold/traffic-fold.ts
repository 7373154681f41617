import type { EdgeKey, FlowReport, LiveEdgeState, Topology } from '#contracts';
import { AgentFeed } from './agent-feed.js';
import { EdgeTally } from './edge-tally.js';
import { GraphRegistry } from './graph-registry.js';
import type { NumberedTopology } from './graph-registry.js';

/** `unknownEdges`: so many entries point outside what the agent declared; the rest of the report was folded. */
export type FoldResult = 'folded' | 'duplicate' | { readonly unknownEdges: number };

/**
 * The traffic of one epoch, in memory: what agents declare and report, as one graph with cumulative counters.
 *
 *     hello  -> declare ----> GraphRegistry (names -> ids)
 *     flow   -> fold -------> AgentFeed (seen before?) -> EdgeTally (counts, latencies)
 *     tick   -> advance ----> edgeStates
 */
export class TrafficFold {
  readonly #graph = new GraphRegistry();
  readonly #agents = new Map<string, AgentFeed>();
  readonly #tallies = new Map<number, EdgeTally>();
  readonly #keys = new Map<number, EdgeKey>();
  #throughSec = 0;

  /** Replaces what the agent carries; the graph itself only grows. Throws AppError INVALID_REQUEST for an edge or node that hangs in the air. */
  declare(agent: string, topology: Topology): void {
    const edgeIds = this.#graph.declare(topology);
    edgeIds.forEach((id, i) => {
      if (this.#tallies.has(id)) return;
      this.#tallies.set(id, new EdgeTally(id));
      this.#keys.set(id, topology.edges[i]!);
    });
    this.#carry(this.#feedOf(agent), edgeIds);
  }

  setConnected(agent: string, connected: boolean): void {
    this.#feedOf(agent).connected = connected;
  }

  fold(agent: string, bootId: string, report: FlowReport): FoldResult {
    const feed = this.#feedOf(agent);
    if (feed.beginBoot(bootId)) this.#closeAll(feed);
    if (!feed.isNew(bootId, report.seq)) return 'duplicate';
    let unknownEdges = 0;
    for (const seen of report.edges) {
      const tally = this.#tallyOf(feed.edgeIds[seen.edge]);
      if (!tally) {
        unknownEdges += 1;
        continue;
      }
      tally.add(report.sec, seen);
      tally.addConnections(seen.connectionsActive - feed.connections[seen.edge]!);
      feed.connections[seen.edge] = seen.connectionsActive;
    }
    return unknownEdges === 0 ? 'folded' : { unknownEdges };
  }

  /** Says that `sec` (unix seconds) is over: edges that nobody reported for it show no latency from now on. Never goes back. */
  advance(sec: number): void {
    this.#throughSec = Math.max(this.#throughSec, sec);
  }

  /** The second that `advance` last named; 0 before. */
  throughSec(): number {
    return this.#throughSec;
  }

  topology(): NumberedTopology {
    return this.#graph.topology();
  }

  /** Every edge as it is now, by id; the states are new objects that do not change later. */
  edgeStates(): Map<number, LiveEdgeState> {
    const carried = new Set<number>();
    for (const feed of this.#agents.values()) if (feed.connected) for (const id of feed.edgeIds) carried.add(id);
    const states = new Map<number, LiveEdgeState>();
    for (const [id, tally] of this.#tallies) states.set(id, tally.state(this.#throughSec, !carried.has(id)));
    return states;
  }

  edgeIdOf(key: EdgeKey): number | undefined {
    return this.#graph.edgeIdOf(key);
  }

  /** What the agent last declared, by proxy index; empty for an agent that never did. */
  edgesOf(agent: string): readonly EdgeKey[] {
    return (this.#agents.get(agent)?.edgeIds ?? []).map((id) => this.#keys.get(id)!);
  }

  #feedOf(agent: string): AgentFeed {
    const known = this.#agents.get(agent);
    if (known) return known;
    const feed = new AgentFeed();
    this.#agents.set(agent, feed);
    return feed;
  }

  #tallyOf(edgeId: number | undefined): EdgeTally | undefined {
    return edgeId === undefined ? undefined : this.#tallies.get(edgeId);
  }

  /** An agent that only reconnects declares the same again, and its open connections are still open. */
  #carry(feed: AgentFeed, edgeIds: readonly number[]): void {
    const connections = edgeIds.map((id, i) => (feed.edgeIds[i] === id ? feed.connections[i]! : 0));
    feed.edgeIds.forEach((id, i) => {
      if (edgeIds[i] !== id) this.#tallyOf(id)?.addConnections(-feed.connections[i]!);
    });
    feed.edgeIds = edgeIds;
    feed.connections = connections;
  }

  #closeAll(feed: AgentFeed): void {
    feed.edgeIds.forEach((id, i) => this.#tallyOf(id)?.addConnections(-feed.connections[i]!));
    feed.connections = feed.edgeIds.map(() => 0);
  }
}
