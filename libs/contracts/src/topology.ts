import { z } from 'zod';

/** Names appear in URLs, labels and argv: letters, digits, dot, dash, underscore and colon, nothing a shell or a path could read. */
export const nameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,62}$/, 'must be 1 to 63 letters, digits or . _ : -');

export const NODE_KINDS = ['client', 'service', 'database', 'cache', 'external'] as const;
export const PROTOCOLS = ['http', 'tcp'] as const;
export const protocolSchema = z.enum(PROTOCOLS);
export type Protocol = z.infer<typeof protocolSchema>;

export const regionSchema = z.strictObject({
  name: nameSchema,
  city: z.string().min(1).max(80),
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
});
export type Region = z.infer<typeof regionSchema>;

export const nodeSchema = z.strictObject({ name: nameSchema, kind: z.enum(NODE_KINDS), region: nameSchema });
export type TopologyNode = z.infer<typeof nodeSchema>;

/** The unit of traffic: who calls whom, and in what. */
export const edgeKeySchema = z.strictObject({ source: nameSchema, target: nameSchema, protocol: protocolSchema });
export type EdgeKey = z.infer<typeof edgeKeySchema>;

/** `gateway-eu -> catalog (http)`: for people and logs. */
export function edgeLabel(edge: EdgeKey): string {
  return `${edge.source} -> ${edge.target} (${edge.protocol})`;
}

/** A string equal for equal edges; names cannot contain the separators. */
export function edgeKeyText(edge: EdgeKey): string {
  return `${edge.source}>${edge.target}/${edge.protocol}`;
}

export const topologySchema = z.strictObject({
  regions: z.array(regionSchema).max(1_000),
  nodes: z.array(nodeSchema).max(20_000),
  edges: z.array(edgeKeySchema).max(50_000),
});
export type Topology = z.infer<typeof topologySchema>;
