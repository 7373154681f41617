import { quietRate } from '../model/empty-world.js';
import type { WorldEdge, WorldNode } from '../model/world.js';
import type { Graph } from './layout.js';

const REGIONS = [
  { name: 'eu', city: 'Frankfurt', latitudeDeg: 50.1, longitudeDeg: 8.7 },
  { name: 'us', city: 'Ashburn', latitudeDeg: 39, longitudeDeg: -77.5 },
  { name: 'ap', city: 'Tokyo', latitudeDeg: 35.7, longitudeDeg: 139.7 },
];

const NODES: readonly (readonly [string, WorldNode['kind'], number])[] = [
  ...['de', 'fr', 'gb'].map((country) => [`clients-${country}`, 'client', 0] as const),
  ...['us', 'ca', 'br'].map((country) => [`clients-${country}`, 'client', 1] as const),
  ...['jp', 'in'].map((country) => [`clients-${country}`, 'client', 2] as const),
  ...['gateway-eu', 'catalog', 'cart', 'checkout', 'orders'].map((name) => [name, 'service', 0] as const),
  ['orders-db', 'database', 0],
  ['cart-cache', 'cache', 0],
  ...['gateway-us', 'search', 'recommendations', 'payments'].map((name) => [name, 'service', 1] as const),
  ['card-network', 'external', 1],
  ['ledger-db', 'database', 1],
  ...['gateway-ap', 'pricing', 'inventory', 'shipping'].map((name) => [name, 'service', 2] as const),
  ['stock-cache', 'cache', 2],
];

const EDGES = `clients-de>gateway-eu clients-fr>gateway-eu clients-gb>gateway-eu clients-us>gateway-us clients-ca>gateway-us clients-br>gateway-us
  clients-jp>gateway-ap clients-in>gateway-ap gateway-eu>catalog gateway-eu>cart gateway-eu>checkout gateway-us>search gateway-us>catalog
  gateway-us>checkout gateway-ap>catalog gateway-ap>pricing gateway-ap>cart catalog>pricing catalog>inventory catalog>orders-db cart>cart-cache
  cart>pricing checkout>cart checkout>orders checkout>payments checkout>shipping orders>orders-db orders>inventory payments>ledger-db
  payments>card-network payments>orders search>recommendations recommendations>search inventory>stock-cache inventory>orders shipping>inventory`;

/** A shop like the demo: eight client countries, sixteen other nodes in three regions, and calls among them, two of them in a circle. */
export function shopGraph(extra: readonly (readonly [string, WorldNode['kind'], number])[] = [], extraEdges = '', firstId = 0): Graph {
  const nodes = [...NODES, ...extra].map(([name, kind, region], i): WorldNode => ({ id: firstId + i, name, kind, region }));
  const idOf = new Map(nodes.map((node) => [node.name, node.id]));
  const edges = `${EDGES} ${extraEdges}`.trim().split(/\s+/).map((text, i): WorldEdge => edgeOf(text, firstId + i, idOf));
  return { regions: REGIONS, nodes: new Map(nodes.map((node) => [node.id, node])), edges: new Map(edges.map((edge) => [edge.id, edge])) };
}

function edgeOf(text: string, id: number, idOf: ReadonlyMap<string, number>): WorldEdge {
  const [source = '', target = ''] = text.split('>');
  const [from, to] = [idOf.get(source), idOf.get(target)];
  if (from === undefined || to === undefined) throw new Error(`The edge "${text}" names a node that is not in the graph.`);
  return { id, source: from, target: to, key: { source, target, protocol: 'http' }, stale: false, totalRequests: 0, now: quietRate(0), history: [] };
}
