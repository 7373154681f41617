import { healthOf } from './health.js';
import { recentRate } from './recent-rate.js';
import type { EdgeRate, Health, World } from './world.js';

/** What goes into and out of a node in a second, as the mean of the last few. */
export interface NodeRate {
  readonly inPerSec: number;
  readonly inFailuresPerSec: number;
  readonly outPerSec: number;
  readonly outFailuresPerSec: number;
  /** As its callers see it; a node without callers is judged by its own calls. */
  readonly health: Health;
  /** Every edge at it is stale. */
  readonly stale: boolean;
}

const SILENT: NodeRate = Object.freeze({ inPerSec: 0, inFailuresPerSec: 0, outPerSec: 0, outFailuresPerSec: 0, health: 'idle', stale: false });

export function nodeRates(world: World): ReadonlyMap<number, NodeRate> {
  const tallies = new Map<number, Tally>();
  const tallyOf = (id: number) => tallies.get(id) ?? newTally(tallies, id);
  for (const edge of world.edges.values()) {
    const rate = recentRate(edge);
    addEdge(tallyOf(edge.source), 'out', rate, edge.stale);
    addEdge(tallyOf(edge.target), 'in', rate, edge.stale);
  }
  return new Map([...world.nodes.keys()].map((id) => [id, nodeRateOf(tallies.get(id))]));
}

interface Side {
  requestsPerSec: number;
  failuresPerSec: number;
  edges: number;
}
interface Tally {
  readonly in: Side;
  readonly out: Side;
  fresh: boolean;
}

function newTally(tallies: Map<number, Tally>, id: number): Tally {
  const side = (): Side => ({ requestsPerSec: 0, failuresPerSec: 0, edges: 0 });
  const tally: Tally = { in: side(), out: side(), fresh: false };
  tallies.set(id, tally);
  return tally;
}

function addEdge(tally: Tally, side: 'in' | 'out', rate: EdgeRate, stale: boolean): void {
  tally[side].edges += 1;
  tally[side].requestsPerSec += rate.requestsPerSec;
  tally[side].failuresPerSec += rate.failuresPerSec;
  if (!stale) tally.fresh = true;
}

function nodeRateOf(tally: Tally | undefined): NodeRate {
  if (tally === undefined) return SILENT;
  const judged = tally.in.edges > 0 ? tally.in : tally.out;
  return {
    inPerSec: tally.in.requestsPerSec,
    inFailuresPerSec: tally.in.failuresPerSec,
    outPerSec: tally.out.requestsPerSec,
    outFailuresPerSec: tally.out.failuresPerSec,
    health: healthOf(judgedRate(judged)),
    stale: !tally.fresh,
  };
}

function judgedRate({ requestsPerSec, failuresPerSec }: Side): EdgeRate {
  return { sec: 0, requestsPerSec, failuresPerSec, clientErrorsPerSec: 0, faultedPerSec: 0, bytesPerSec: 0, connections: 0, p50Ms: null, p95Ms: null, p99Ms: null };
}
