import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AgentSystem, EdgeKey, FaultOrder } from '#contracts';
import { faultSpecSchema } from '#contracts';
import { AgentProcess } from './agent-process.js';
import type { AgentOptions } from './agent-process.js';
import { freePort } from './embedded-postgres.js';
import { FaultServer } from './fault-server.js';
import { listen } from './proxied-edge.js';

export const SHOP_EDGE = { source: 'caller', target: 'shop', protocol: 'http' } as const satisfies EdgeKey;

/** A real agent process with one http edge, between a stand-in server and a small upstream. */
export interface AgentWorld {
  readonly server: FaultServer;
  readonly agent: AgentProcess;
  /** Status and body of a GET through the edge. */
  get(): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

export async function startAgentWorld(options: Pick<AgentOptions, 'policy' | 'environment'> = {}): Promise<AgentWorld> {
  const upstream: Server = createServer((_request, response) => void response.end('fine'));
  const port = await freePort();
  const server = await FaultServer.start();
  const system: AgentSystem = {
    regions: [{ name: 'eu', city: 'Frankfurt', latitudeDeg: 50.1, longitudeDeg: 8.7 }],
    nodes: [
      { name: 'caller', kind: 'service', region: 'eu' },
      { name: 'shop', kind: 'service', region: 'eu' },
    ],
    proxies: [{ edge: SHOP_EDGE, listen: `127.0.0.1:${port}`, upstream: `127.0.0.1:${await listen(upstream)}` }],
  };
  const agent = await AgentProcess.start({ serverOrigin: server.origin, enrolToken: 'enrol-token-of-this-test', system, ...options });
  await server.hear('hello');
  return {
    server,
    agent,
    get: async () => {
      const response = await fetch(`http://127.0.0.1:${port}/`);
      return { status: response.status, body: await response.text() };
    },
    close: async () => {
      await agent.remove();
      await server.stop();
      upstream.closeAllConnections();
      upstream.close();
    },
  };
}

/** An order as the server gives it, with the defaults of the schema filled in. */
export function orderOf(kind: string, params: object, more: Partial<FaultOrder> = {}): FaultOrder {
  return { faultId: randomUUID(), spec: faultSpecSchema.parse({ kind, params }), target: { type: 'edge', edge: SHOP_EDGE }, leaseTtlMs: 30_000, notAfterMs: 60_000, seed: 1, overlap: 'refuse', ...more };
}
