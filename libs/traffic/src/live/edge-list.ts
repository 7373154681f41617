import type { LiveEdgeState } from '#contracts';
import type { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';
import { BLANK_EDGE, readEdgeRow, writeEdgeRow } from './edge-row.js';

// An id gap and a field mask.
const ROW_MIN_BYTES = 2;
const MAX_ID = 0xffff_ffff;

/** Rows by ascending id; each id is written as its distance to the one before, less one. */
export function writeEdges(writer: ByteWriter, edges: readonly LiveEdgeState[], base: ReadonlyMap<number, LiveEdgeState>): void {
  const sorted = ascending(edges) ? edges : [...edges].sort((a, b) => a.id - b.id);
  writer.varint(sorted.length);
  let lastId = -1;
  for (const edge of sorted) {
    if (edge.id === lastId) throw new RangeError(`The edge ${edge.id} is twice in one frame.`);
    if (edge.id > MAX_ID) throw new RangeError(`The edge id ${edge.id} is above 2^32 - 1.`);
    writer.varint(edge.id - lastId - 1);
    writeEdgeRow(writer, base.get(edge.id) ?? BLANK_EDGE, edge);
    lastId = edge.id;
  }
}

export function readEdges(reader: ByteReader, base: ReadonlyMap<number, LiveEdgeState>): LiveEdgeState[] {
  const size = reader.count('the number of edges', ROW_MIN_BYTES);
  const edges: LiveEdgeState[] = [];
  let id = -1;
  for (let i = 0; i < size; i++) {
    id += 1 + reader.varint('an id gap');
    if (id > MAX_ID) reader.refuse(`an edge id is ${id}, above 2^32 - 1`);
    edges.push(readEdgeRow(reader, id, base.get(id) ?? BLANK_EDGE));
  }
  return edges;
}

function ascending(edges: readonly LiveEdgeState[]): boolean {
  for (let i = 1; i < edges.length; i++) if (edges[i]!.id <= edges[i - 1]!.id) return false;
  return true;
}
