import { z } from 'zod';
import { edgeKeySchema, nameSchema, nodeSchema, regionSchema } from './topology.js';

const hostPortSchema = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'must be host:port');

/** One proxied edge: the source dials `listen`, the agent passes on to `upstream`. */
export const proxySchema = z.strictObject({
  edge: edgeKeySchema,
  listen: hostPortSchema,
  upstream: hostPortSchema,
  /** Its name in Toxiproxy's API; `source-to-target`, and the protocol behind it where that is not enough, when left out. */
  name: nameSchema.optional(),
});
export type Proxy = z.infer<typeof proxySchema>;

/** The file that tells an agent what it stands beside: `agent --system system.json`. */
export const agentSystemSchema = z
  .strictObject({
    regions: z.array(regionSchema).min(1).max(1_000),
    nodes: z.array(nodeSchema).max(20_000),
    proxies: z.array(proxySchema).max(50_000),
  })
  .superRefine((system, context) => {
    const regions = new Set(system.regions.map((region) => region.name));
    const nodes = new Set(system.nodes.map((node) => node.name));
    system.nodes.forEach((node, i) => {
      if (!regions.has(node.region)) context.addIssue({ code: 'custom', path: ['nodes', i, 'region'], message: `no region is named "${node.region}"` });
    });
    system.proxies.forEach(({ edge }, i) => {
      for (const end of ['source', 'target'] as const) {
        if (!nodes.has(edge[end])) context.addIssue({ code: 'custom', path: ['proxies', i, 'edge', end], message: `no node is named "${edge[end]}"` });
      }
    });
  });
export type AgentSystem = z.infer<typeof agentSystemSchema>;
