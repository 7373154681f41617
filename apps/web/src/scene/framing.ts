import { fitView, pointsOfAll, pointsOfEdge, pointsOfNode } from '../layout/fit-view.js';
import type { View } from '../layout/fit-view.js';
import type { Layout, Point } from '../layout/layout.js';
import type { Selection, World } from '../model/world.js';

const OVERVIEW_FILL = 0.95;
// A single edge filling the screen would hide what it is part of.
const SELECTION_FILL = 0.55;

export interface Lens {
  readonly tiltRad: number;
  readonly fovRad: number;
  readonly freeAspect: number;
}

/** The view that shows everything, or the selection with its neighbours; null where there is nothing to show. */
export function viewOf({ world, layout }: { readonly world: World; readonly layout: Layout }, selection: Selection | null, lens: Lens): View | null {
  const points = selection === null ? pointsOfAll(layout) : pointsOf(world, layout, selection);
  if (points.length === 0) return null;
  return fitView({ points, tiltRad: lens.tiltRad, fovRad: lens.fovRad, aspect: lens.freeAspect, fill: selection === null ? OVERVIEW_FILL : SELECTION_FILL });
}

function pointsOf({ edges }: World, layout: Layout, selection: Selection): readonly Point[] {
  if (selection.kind === 'node') {
    const peers = [...edges.values()].flatMap(({ source, target }) => (source === selection.id ? [target] : target === selection.id ? [source] : []));
    return [selection.id, ...peers].flatMap((id) => pointsOfNode(layout, id));
  }
  const edge = edges.get(selection.id);
  return edge === undefined ? [] : [...pointsOfEdge(layout, edge.id), ...pointsOfNode(layout, edge.source), ...pointsOfNode(layout, edge.target)];
}
