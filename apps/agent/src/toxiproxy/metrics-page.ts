import { Counter, Registry, collectDefaultMetrics } from 'prom-client';
import type { ProxySet } from '../proxy/proxy-set.js';
import type { Answer } from './answer.js';

const LABELS = ['direction', 'listener', 'proxy', 'upstream'] as const;

/** The page as Toxiproxy serves it: bytes by proxy and direction, and the numbers of this process. They move while connections live. Null: nothing is asked for. */
export function createMetricsPage(proxies: ProxySet, shown: { readonly proxy: boolean; readonly runtime: boolean }): (() => Promise<Answer>) | null {
  if (!shown.proxy && !shown.runtime) return null;
  const registry = new Registry();
  if (shown.runtime) collectDefaultMetrics({ register: registry });
  if (shown.proxy) {
    byteCounter(registry, proxies, 'received', 'Bytes that came from the client (upstream) or from the server (downstream).');
    byteCounter(registry, proxies, 'sent', 'Bytes passed on to the server (upstream) or to the client (downstream).');
  }
  return async () => ({ status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores' }, body: await registry.metrics() });
}

/** Labels stand in the order in which Toxiproxy writes them: scripts search for the whole line. */
function byteCounter(registry: Registry, proxies: ProxySet, side: 'received' | 'sent', help: string): void {
  new Counter({
    name: `toxiproxy_proxy_${side}_bytes_total`,
    help,
    labelNames: LABELS,
    registers: [registry],
    collect() {
      this.reset();
      for (const { name, listen, upstream, bytes } of proxies.list()) {
        for (const direction of ['downstream', 'upstream'] as const) this.inc({ direction, listener: listen, proxy: name, upstream }, bytes[direction][side]);
      }
    },
  });
}
