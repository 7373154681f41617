import type { LiveEdge, LiveEvent, LiveNode, LiveRegion, ResetFrame } from '#contracts';
import { encodeDelta, encodeFrame, type NumberedTopology } from '#traffic';
import type { Tick } from '../state/traffic-state.service.js';
import { StringTable } from './string-table.js';

interface Graph {
  readonly regions: readonly LiveRegion[];
  readonly nodes: readonly LiveNode[];
  readonly edges: readonly LiveEdge[];
}

/** Turns ticks and events into encoded frames of one stream. */
export class WorldFrames {
  private readonly strings = new StringTable();
  private graph: Graph = { regions: [], nodes: [], edges: [] };

  constructor(private readonly epoch: number) {}

  /** Takes the graph up; gives the frame of the strings that are new in it, or null when none is. */
  learn(tick: Tick): Uint8Array | null {
    const firstIndex = this.strings.size;
    this.graph = toGraph(tick.topology, this.strings);
    return firstIndex === this.strings.size ? null : this.dictionary(tick, firstIndex);
  }

  dictionary(tick: Tick, firstIndex = 0): Uint8Array {
    return encodeFrame({ ...this.header(tick), type: 'dictionary', firstIndex, strings: this.strings.since(firstIndex) });
  }

  topology(tick: Tick): Uint8Array {
    return encodeFrame({ ...this.header(tick), type: 'topology', ...this.graph });
  }

  keyframe(tick: Tick): Uint8Array {
    return encodeFrame({ ...this.header(tick), type: 'keyframe', throughSec: tick.throughSec, edges: [...tick.states.values()] });
  }

  delta(tick: Tick): Uint8Array {
    return encodeDelta({ ...this.header(tick), type: 'delta', baseSeq: tick.seq - 1, throughSec: tick.throughSec, edges: tick.edges }, tick.base);
  }

  event(tick: Tick, event: LiveEvent): Uint8Array {
    return encodeFrame({ ...this.header(tick), type: 'event', event });
  }

  reset(tick: Tick, reason: ResetFrame['reason']): Uint8Array {
    return encodeFrame({ ...this.header(tick), type: 'reset', reason });
  }

  private header({ seq, serverTimeMs }: Tick): { epoch: number; seq: number; serverTimeMs: number } {
    return { epoch: this.epoch, seq, serverTimeMs };
  }
}

function toGraph(topology: NumberedTopology, strings: StringTable): Graph {
  const regionPlaces = new Map(topology.regions.map((region, i) => [region.name, i]));
  const nodeIds = new Map(topology.nodes.map((node) => [node.name, node.id]));
  const regions = topology.regions.map(({ name, city, latitudeDeg, longitudeDeg }) => ({ name: strings.placeOf(name), city: strings.placeOf(city), latitudeDeg, longitudeDeg }));
  const nodes = topology.nodes.map(({ id, name, kind, region }) => ({ id, name: strings.placeOf(name), kind, region: known(regionPlaces, region) }));
  const edges = topology.edges.map(({ id, source, target, protocol }) => ({ id, source: known(nodeIds, source), target: known(nodeIds, target), protocol }));
  return { regions, nodes, edges };
}

function known(places: ReadonlyMap<string, number>, name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new Error(`The graph names "${name}" and does not hold it.`);
  return place;
}
