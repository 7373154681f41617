import { Counter, Gauge } from 'prom-client';
import { COUNTRIES, clientNodeName } from '../plan/countries.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import { CountryLoad } from './country-load.js';
import type { CountryCountsView } from './country-counts.js';

/** Body of `/counts`: what was sent since `sinceMs` (unix milliseconds), by country code. */
interface CountsView {
  readonly sinceMs: number;
  readonly byCountry: Readonly<Record<string, CountryCountsView>>;
}

/** The load generator: plays the shoppers of every country that the plan has an edge for. */
export function startLoad(context: ProcessContext<'load'>): StartedProcess {
  const sinceMs = Date.now();
  const registers = [context.metrics.registry];
  const ended = new Counter({ name: 'shop_load_requests_total', help: 'Page views by how they ended', labelNames: ['country', 'outcome'], registers });
  const loads = new Map<string, CountryLoad>();
  for (const country of COUNTRIES) {
    const address = context.addresses[clientNodeName(country)];
    if (address === undefined) continue;
    const [host = '', port = ''] = address.split(':');
    const onEnded = (outcome: string): void => ended.inc({ country: country.code, outcome });
    loads.set(country.code, new CountryLoad({ country, host, port: Number(port), rate: context.rate, seed: context.seed, onEnded }));
  }
  exposeSent(loads, context);
  for (const load of loads.values()) load.start();
  const view = (): CountsView => ({ sinceMs, byCountry: Object.fromEntries([...loads].map(([code, load]) => [code, load.counts.view()])) });
  return { routes: [{ method: 'GET', path: '/counts', handle: () => ({ status: 200, body: view() }) }] };
}

/** Sent and dropped are read from the one place that counts them, when somebody asks. */
function exposeSent(loads: ReadonlyMap<string, CountryLoad>, context: ProcessContext<'load'>): void {
  const registers = [context.metrics.registry];
  for (const key of ['sent', 'dropped'] as const) {
    const gauge: Gauge<'country'> = new Gauge({
      name: `shop_load_${key}`,
      help: `Page views ${key} since the start`,
      labelNames: ['country'],
      registers,
      collect: () => {
        for (const [country, load] of loads) gauge.set({ country }, load.counts.view()[key]);
      },
    });
  }
}
