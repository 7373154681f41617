import type { DeltaFrame, DictionaryFrame, KeyframeFrame, LiveEdgeState, LiveFrame } from '#contracts';
import { rateBetween, totalRequests, withSecond } from './edge-rate.js';
import { EMPTY_WORLD, quietRate } from './empty-world.js';
import { foldEvent } from './fold-event.js';
import { foldTopology } from './fold-topology.js';
import type { EdgeRate, World, WorldEdge } from './world.js';

/** The world with what is needed to fold the next frame into it. */
export interface Fold {
  readonly world: World;
  readonly strings: readonly string[];
  /** Last reading of each edge's counters; rates are differences of these. */
  readonly readings: ReadonlyMap<number, LiveEdgeState>;
}

export const EMPTY_FOLD: Fold = Object.freeze({ world: EMPTY_WORLD, strings: Object.freeze([]), readings: new Map() });

/** One frame of the live stream onto the world. Frames come in the order of the stream: dictionary, topology, keyframe, deltas and events. */
export function foldFrame(fold: Fold, frame: LiveFrame): Fold {
  switch (frame.type) {
    case 'dictionary':
      return { ...fold, strings: withStrings(fold.strings, frame) };
    case 'topology':
      return { ...fold, world: foldTopology(fold.world, frame, fold.strings), readings: fold.world.epoch === frame.epoch ? fold.readings : new Map() };
    case 'keyframe':
      return foldReadings(fold, frame, new Map(frame.edges.map((edge) => [edge.id, edge])));
    case 'delta':
      return foldReadings(fold, frame, overlay(fold.readings, frame.edges));
    case 'event':
      return { ...fold, world: foldEvent(withClock(fold.world, frame.serverTimeMs), frame.event) };
    case 'reset':
      // The picture keeps its last world until the new start arrives: a blank screen would say that everything is gone.
      return { ...fold, strings: Object.freeze([]) };
    default:
      return unknownFrame(frame);
  }
}

function unknownFrame(frame: never): never {
  throw new Error(`The live stream sent a frame of an unknown type: ${JSON.stringify(frame)}. Reload the page to get the client of this server.`);
}

function withStrings(strings: readonly string[], { firstIndex, strings: said }: DictionaryFrame): readonly string[] {
  return Object.freeze([...strings.slice(0, firstIndex), ...said, ...strings.slice(firstIndex + said.length)]);
}

function overlay(base: ReadonlyMap<number, LiveEdgeState>, changed: readonly LiveEdgeState[]): ReadonlyMap<number, LiveEdgeState> {
  const next = new Map(base);
  for (const edge of changed) next.set(edge.id, edge);
  return next;
}

function withClock(world: World, serverTimeMs: number): World {
  return Object.freeze({ ...world, serverTimeMs });
}

function foldReadings(fold: Fold, frame: KeyframeFrame | DeltaFrame, readings: ReadonlyMap<number, LiveEdgeState>): Fold {
  const { world } = fold;
  const elapsedSec = frame.throughSec - world.throughSec;
  const edges = new Map<number, WorldEdge>();
  for (const [id, edge] of world.edges) {
    edges.set(id, foldEdge(edge, { before: fold.readings.get(id), after: readings.get(id), sec: frame.throughSec, elapsedSec }));
  }
  const next: World = Object.freeze({ ...world, status: 'live', epoch: frame.epoch, throughSec: frame.throughSec, serverTimeMs: frame.serverTimeMs, edges });
  return { ...fold, world: next, readings };
}

interface EdgeStep {
  readonly before: LiveEdgeState | undefined;
  readonly after: LiveEdgeState | undefined;
  readonly sec: number;
  readonly elapsedSec: number;
}

function foldEdge(edge: WorldEdge, { before, after, sec, elapsedSec }: EdgeStep): WorldEdge {
  if (after === undefined) return edge;
  // Without an earlier reading in this epoch there is a count but no rate yet; without a new second there is nothing to divide by.
  const rate: EdgeRate | null = before !== undefined && elapsedSec > 0 ? rateBetween(before, after, { sec, elapsedSec }) : null;
  const unseen = edge.history.length === 0 ? quietRate(sec) : edge.now;
  return Object.freeze({
    ...edge,
    stale: after.stale,
    totalRequests: totalRequests(after),
    now: rate ?? unseen,
    history: rate === null ? edge.history : withSecond(edge.history, rate),
  });
}
