import { edgeKeyText, type Topology } from '#contracts';
import type { NumberedTopology } from '#traffic';

/** The part of a numbered graph that `shown` names. The whole only grows, so that no id is ever given twice; what is shown may shrink. */
export function pickNumbered(whole: NumberedTopology, shown: Topology): NumberedTopology {
  const regions = new Set(shown.regions.map((region) => region.name));
  const nodes = new Set(shown.nodes.map((node) => node.name));
  const edges = new Set(shown.edges.map(edgeKeyText));
  return {
    version: whole.version,
    regions: whole.regions.filter((region) => regions.has(region.name)),
    nodes: whole.nodes.filter((node) => nodes.has(node.name)),
    edges: whole.edges.filter((edge) => edges.has(edgeKeyText(edge))),
  };
}
