import { AppError, edgeKeyText, edgeLabel } from '#contracts';
import type { EdgeKey, Region, Topology, TopologyNode } from '#contracts';

export interface NumberedNode extends TopologyNode {
  readonly id: number;
}
export interface NumberedEdge extends EdgeKey {
  readonly id: number;
}
/** Everything declared in this epoch. `version` rises when anything in it changes. */
export interface NumberedTopology {
  readonly version: number;
  readonly regions: readonly Region[];
  readonly nodes: readonly NumberedNode[];
  readonly edges: readonly NumberedEdge[];
}

/** Gives nodes and edges their ids. Ids count up from 1 and are never given again; nothing declared is forgotten, because its counters are not. */
export class GraphRegistry {
  #version = 0;
  readonly #regions = new Map<string, Region>();
  readonly #nodes = new Map<string, NumberedNode>();
  readonly #edges = new Map<string, NumberedEdge>();

  topology(): NumberedTopology {
    return { version: this.#version, regions: [...this.#regions.values()], nodes: [...this.#nodes.values()], edges: [...this.#edges.values()] };
  }

  edgeIdOf(key: EdgeKey): number | undefined {
    return this.#edges.get(edgeKeyText(key))?.id;
  }

  /** The ids of `topology.edges`, in their order. Throws AppError INVALID_REQUEST, with nothing changed, when a name leads nowhere. */
  declare(topology: Topology): number[] {
    const problems = this.#problemsOf(topology);
    if (problems.length > 0) throw new AppError('INVALID_REQUEST', { problems: problems.join('; ') });
    for (const region of topology.regions) this.#upsert(this.#regions, region.name, region);
    for (const node of topology.nodes) this.#upsert(this.#nodes, node.name, { ...node, id: this.#nodes.get(node.name)?.id ?? this.#nodes.size + 1 });
    return topology.edges.map((edge) => this.#edgeId(edge));
  }

  #edgeId({ source, target, protocol }: EdgeKey): number {
    const text = edgeKeyText({ source, target, protocol });
    const known = this.#edges.get(text);
    if (known) return known.id;
    const id = this.#edges.size + 1;
    this.#edges.set(text, { id, source, target, protocol });
    this.#version += 1;
    return id;
  }

  #upsert<T extends object>(into: Map<string, T>, name: string, value: T): void {
    const before = into.get(name);
    if (before && sameFields(before, value)) return;
    into.set(name, value);
    this.#version += 1;
  }

  #problemsOf({ regions, nodes, edges }: Topology): string[] {
    const regionNames = new Set([...this.#regions.keys(), ...regions.map((region) => region.name)]);
    const nodeNames = new Set([...this.#nodes.keys(), ...nodes.map((node) => node.name)]);
    const lostNodes = nodes.filter((node) => !regionNames.has(node.region));
    const lostEdges = edges.filter((edge) => !nodeNames.has(edge.source) || !nodeNames.has(edge.target));
    return [
      ...lostNodes.map((node) => `the node ${node.name} lies in the region ${node.region}, which is not declared`),
      ...lostEdges.map((edge) => `the edge ${edgeLabel(edge)} joins a node that is not declared`),
    ];
  }
}

function sameFields<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key]);
}
