import { Counter, Registry, collectDefaultMetrics } from 'prom-client';

/** Injects the one registry; a feature adds its own metrics to it. */
export const METRICS_REGISTRY = Symbol('METRICS_REGISTRY');

export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Routes are labelled by their pattern, never by the URL: a scanner must not be able to create series. */
export function createHttpRequestCounter(registry: Registry): Counter<'method' | 'route' | 'status'> {
  return new Counter({ name: 'faultline_http_requests_total', help: 'HTTP requests answered, by route pattern and status.', labelNames: ['method', 'route', 'status'], registers: [registry] });
}
