import { edgeKeyText } from '#contracts';
import type { Selection, World } from './world.js';

/** What stays at full strength while something is selected. */
export interface Focus {
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

/** All that leads to the selection and all that it leads to: who suffers when it breaks, and whom it leans on. Null: no focus, all is equal. */
export function focusOf(world: World, selection: Selection | null): Focus | null {
  const ends = selection === null ? null : endsOf(world, selection);
  if (ends === null) return null;
  const nodes = new Set<number>();
  const edges = new Set<number>(selection?.kind === 'edge' ? [selection.id] : []);
  walk(world, { start: ends.source, from: 'target', to: 'source' }, nodes, edges);
  walk(world, { start: ends.target, from: 'source', to: 'target' }, nodes, edges);
  return { nodes, edges };
}

/** Exactly these edges (`edgeKeyText`) and their ends. */
export function focusOn(world: World, edges: ReadonlySet<string>): Focus {
  const shown = [...world.edges.values()].filter((edge) => edges.has(edgeKeyText(edge.key)));
  return { edges: new Set(shown.map(({ id }) => id)), nodes: new Set(shown.flatMap(({ source, target }) => [source, target])) };
}

function endsOf(world: World, selection: Selection): { source: number; target: number } | null {
  if (selection.kind === 'edge') return world.edges.get(selection.id) ?? null;
  return world.nodes.has(selection.id) ? { source: selection.id, target: selection.id } : null;
}

interface Walk {
  readonly start: number;
  /** The end of an edge at which the walk arrives, and the one at which it leaves. */
  readonly from: 'source' | 'target';
  readonly to: 'source' | 'target';
}

function walk(world: World, { start, from, to }: Walk, nodes: Set<number>, edges: Set<number>): void {
  const seen = new Set([start]);
  const open = [start];
  nodes.add(start);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const edge of world.edges.values()) {
      if (edge[from] !== node) continue;
      edges.add(edge.id);
      nodes.add(edge[to]);
      if (!seen.has(edge[to])) open.push(edge[to]);
      seen.add(edge[to]);
    }
  }
}
