import { NODE_KINDS, PROTOCOLS } from '#contracts';
import type { LiveEdge, LiveNode, LiveRegion, TopologyFrame } from '#contracts';
import type { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';

const REGION_MIN_BYTES = 18;
const NODE_MIN_BYTES = 4;
const EDGE_MIN_BYTES = 4;
const MAX_ID = 0xffff_ffff;

export function writeTopology(writer: ByteWriter, { regions, nodes, edges }: TopologyFrame): void {
  writer.varint(regions.length);
  for (const region of regions) {
    writer.varint(region.name);
    writer.varint(region.city);
    writer.f64(region.latitudeDeg);
    writer.f64(region.longitudeDeg);
  }
  writer.varint(nodes.length);
  for (const node of nodes) {
    writer.varint(node.id);
    writer.varint(node.name);
    writer.u8(NODE_KINDS.indexOf(node.kind));
    writer.varint(node.region);
  }
  writer.varint(edges.length);
  for (const edge of edges) {
    writer.varint(edge.id);
    writer.varint(edge.source);
    writer.varint(edge.target);
    writer.u8(PROTOCOLS.indexOf(edge.protocol));
  }
}

/** `knownStrings` is the size of the dictionary: a name outside it is refused, as is an edge between nodes that are not in the frame. */
export function readTopology(reader: ByteReader, knownStrings: number): Pick<TopologyFrame, 'regions' | 'nodes' | 'edges'> {
  const string = (what: string): number => below(reader, what, knownStrings);
  const regions = list(reader, { what: 'regions', minBytes: REGION_MIN_BYTES }, () => readRegion(reader, string));
  const nodeIds = new Set<number>();
  const nodes = list(reader, { what: 'nodes', minBytes: NODE_MIN_BYTES }, (): LiveNode => {
    const id = newId(reader, 'a node id', nodeIds);
    const name = string('the name of a node');
    const kind = NODE_KINDS[below(reader, 'the kind of a node', NODE_KINDS.length)]!;
    return { id, name, kind, region: below(reader, 'the region of a node', regions.length) };
  });
  const edgeIds = new Set<number>();
  const edges = list(reader, { what: 'edges', minBytes: EDGE_MIN_BYTES }, (): LiveEdge => {
    const id = newId(reader, 'an edge id', edgeIds);
    const source = member(reader, 'the source of an edge', nodeIds);
    const target = member(reader, 'the target of an edge', nodeIds);
    return { id, source, target, protocol: PROTOCOLS[below(reader, 'the protocol of an edge', PROTOCOLS.length)]! };
  });
  return { regions, nodes, edges };
}

function readRegion(reader: ByteReader, string: (what: string) => number): LiveRegion {
  const name = string('the name of a region');
  const city = string('the city of a region');
  return { name, city, latitudeDeg: degrees(reader, 'a latitude', 90), longitudeDeg: degrees(reader, 'a longitude', 180) };
}

function list<T>(reader: ByteReader, { what, minBytes }: { what: string; minBytes: number }, read: () => T): T[] {
  const size = reader.count(`the number of ${what}`, minBytes);
  const items: T[] = [];
  for (let i = 0; i < size; i++) items.push(read());
  return items;
}

function below(reader: ByteReader, what: string, limit: number): number {
  const value = reader.varint(what);
  return value < limit ? value : reader.refuse(`${what} is ${value}, not below ${limit}`);
}

function newId(reader: ByteReader, what: string, taken: Set<number>): number {
  const id = reader.varint(what);
  if (id > MAX_ID) reader.refuse(`${what} is ${id}, above 2^32 - 1`);
  if (taken.has(id)) reader.refuse(`${what} ${id} comes twice`);
  taken.add(id);
  return id;
}

function member(reader: ByteReader, what: string, nodeIds: ReadonlySet<number>): number {
  const id = reader.varint(what);
  return nodeIds.has(id) ? id : reader.refuse(`${what} is ${id}, which is no node of the frame`);
}

function degrees(reader: ByteReader, what: string, limit: number): number {
  const value = reader.f64(what);
  return Math.abs(value) <= limit ? value : reader.refuse(`${what} is ${value}`);
}
