import { edgeKeyText } from '#contracts';
import type { Selection, World } from '../../model/world.js';

/** The state of the Live screen as its address holds it. */
export interface LiveSearch {
  /** `source>target/protocol`. */
  readonly edge?: string;
  /** A node's name. */
  readonly node?: string;
  /** The table twin instead of the picture. */
  readonly view?: 'table';
  /** The picture seen straight from above. */
  readonly flat?: 'yes';
  /** Many targets at once are being selected; `from` and `to` are globs over callers and callees to begin with. */
  readonly many?: 'yes';
  readonly from?: string;
  readonly to?: string;
  /** The fault whose comparison is open. */
  readonly fault?: string;
  /** Filter and order of the table. */
  readonly q?: string;
  readonly sort?: string;
}

/** Keeps what is understood and drops the rest: an address typed by hand never breaks the page. */
export function parseLiveSearch(raw: Readonly<Record<string, unknown>>): LiveSearch {
  const text = (name: string): string | undefined => (typeof raw[name] === 'string' && raw[name] !== '' ? raw[name] : undefined);
  const edge = text('edge');
  const node = edge === undefined ? text('node') : undefined;
  const [fault, q, sort] = [text('fault'), text('q'), text('sort')];
  const many = raw.many === 'yes' && edge === undefined && node === undefined;
  const [from, to] = many ? [text('from'), text('to')] : [];
  return {
    ...(edge !== undefined && { edge }),
    ...(node !== undefined && { node }),
    ...(raw.view === 'table' && { view: 'table' as const }),
    ...(raw.flat === 'yes' && { flat: 'yes' as const }),
    ...(many && { many: 'yes' as const }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(fault !== undefined && { fault }),
    ...(q !== undefined && { q }),
    ...(sort !== undefined && { sort }),
  };
}

/** What the address selects in this world; null when it names nothing, or nothing that is there. */
export function selectionOf(world: World, search: LiveSearch): Selection | null {
  if (search.edge !== undefined) {
    for (const edge of world.edges.values()) if (edgeKeyText(edge.key) === search.edge) return { kind: 'edge', id: edge.id };
  }
  if (search.node !== undefined) {
    for (const node of world.nodes.values()) if (node.name === search.node) return { kind: 'node', id: node.id };
  }
  return null;
}

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}

/** The address of a selection: the rest of the state stays, an open comparison belongs to the edge that is left and one thing is not many. */
export function withSelection(world: World, search: LiveSearch, selection: Selection | null): LiveSearch {
  const { edge: _edge, node: _node, fault: _fault, many: _many, from: _from, to: _to, ...rest } = search;
  if (selection?.kind === 'edge') {
    const edge = world.edges.get(selection.id);
    return edge === undefined ? rest : { ...rest, edge: edgeKeyText(edge.key) };
  }
  const node = selection === null ? undefined : world.nodes.get(selection.id);
  return node === undefined ? rest : { ...rest, node: node.name };
}
