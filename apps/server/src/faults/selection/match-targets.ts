import { targetText, type FaultTarget, type Selector, type Topology } from '#contracts';
import { compileGlob } from '#faults';

/** Everything that a selector may name. */
export interface KnownTargets {
  readonly topology: Topology;
  /** The names of the agents, one host each. */
  readonly agents: readonly string[];
}

/** All targets of the type that the selector names. */
export function knownTargets(type: Selector['type'], { topology, agents }: KnownTargets): FaultTarget[] {
  switch (type) {
    case 'edges':
      return topology.edges.map((edge) => ({ type: 'edge', edge }));
    case 'hosts':
      return agents.map((agent) => ({ type: 'host', agent }));
  }
}

/** The targets that the selector describes, in the order of their names. */
export function matchTargets(selector: Selector, known: KnownTargets): FaultTarget[] {
  const matches = compileSelector(selector, known.topology);
  return knownTargets(selector.type, known)
    .filter(matches)
    .sort((a, b) => (targetText(a) < targetText(b) ? -1 : 1));
}

function compileSelector(selector: Selector, { nodes }: Topology): (target: FaultTarget) => boolean {
  switch (selector.type) {
    case 'hosts': {
      const agent = compileGlob(selector.agent ?? '*');
      return (target) => target.type === 'host' && agent(target.agent);
    }
    case 'edges': {
      const [source, end] = [compileGlob(selector.source ?? '*'), compileGlob(selector.target ?? '*')];
      const regionOf = new Map(nodes.map((node) => [node.name, node.region]));
      const fits = (wanted: string | undefined, has: string | undefined): boolean => wanted === undefined || wanted === has;
      return (target) =>
        target.type === 'edge' &&
        source(target.edge.source) &&
        end(target.edge.target) &&
        fits(selector.protocol, target.edge.protocol) &&
        fits(selector.sourceRegion, regionOf.get(target.edge.source)) &&
        fits(selector.targetRegion, regionOf.get(target.edge.target));
    }
  }
}
