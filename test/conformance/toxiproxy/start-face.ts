import { createLog } from '../../../apps/agent/src/log.js';
import { SYSTEM_CLOCK } from '../../../apps/agent/src/clock.js';
import { DataPlane } from '../../../apps/agent/src/proxy/data-plane.js';
import { startToxiproxyApi } from '../../../apps/agent/src/toxiproxy/toxiproxy-api.js';
import type { ToxiproxyApiOptions } from '../../../apps/agent/src/toxiproxy/toxiproxy-api.js';
import type { Proxy } from '#contracts';

export interface StartedFace {
  readonly url: string;
  readonly port: number;
  readonly dataPlane: DataPlane;
  close(): Promise<void>;
}

const REGION = { name: 'here', city: 'Here', latitudeDeg: 0, longitudeDeg: 0 };

/** The agent's data plane on real sockets, with Toxiproxy's API in front, as a strict Toxiproxy shows itself. */
export async function startFace(options: Partial<ToxiproxyApiOptions> & { readonly fixed?: readonly Proxy[] } = {}): Promise<StartedFace> {
  const { fixed = [], ...rest } = options;
  const log = createLog('silent');
  const nodes = [...new Set(fixed.flatMap(({ edge }) => [edge.source, edge.target]))].map((name) => ({ name, kind: 'service' as const, region: REGION.name }));
  const system = { regions: [REGION], nodes, proxies: [...fixed] };
  const dataPlane = new DataPlane({ system, log, clock: SYSTEM_CLOCK, random: Math.random, ledger: { putUnleased: () => Promise.resolve() } });
  const problem = await dataPlane.listen();
  if (problem !== null) throw new Error(problem);
  const api = await startToxiproxyApi({
    host: '127.0.0.1',
    port: 0,
    proxies: dataPlane,
    version: 'git',
    strict: true,
    metrics: { proxy: true, runtime: false },
    allowed: () => null,
    log,
    random: Math.random,
    ...rest,
  });
  const close = async (): Promise<void> => {
    await api.close();
    for (const { name, fixed } of dataPlane.list()) if (!fixed) await dataPlane.remove(name);
    await dataPlane.close();
  };
  return { url: `http://127.0.0.1:${api.port}`, port: api.port, dataPlane, close };
}
