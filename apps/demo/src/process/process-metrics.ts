import { Counter, Gauge, Histogram, Registry } from 'prom-client';

// From a cache hit to the longest timeout in the shop, about two buckets a factor of ten: enough for a demo's quantiles, few enough to stay small.
const DURATION_BUCKETS_SEC = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What every process of the shop says about itself at `/metrics`. */
export class ProcessMetrics {
  readonly registry = new Registry();
  readonly #requests = new Counter({ name: 'shop_requests_total', help: 'Requests answered', labelNames: ['route', 'status'], registers: [this.registry] });
  readonly #durations = new Histogram({
    name: 'shop_request_duration_seconds',
    help: 'Time from the request to its answer',
    labelNames: ['route'],
    buckets: DURATION_BUCKETS_SEC,
    registers: [this.registry],
  });
  readonly #inFlight = new Gauge({ name: 'shop_requests_in_flight', help: 'Requests being worked on', registers: [this.registry] });
  readonly #calls = new Counter({ name: 'shop_calls_total', help: 'Attempts to call a dependency', labelNames: ['target', 'outcome'], registers: [this.registry] });
  readonly #retries = new Counter({ name: 'shop_call_retries_total', help: 'Attempts that were retries', labelNames: ['target'], registers: [this.registry] });

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
  }

  /** Call what it returns once, with the status of the answer. */
  requestStarted(route: string): (status: number) => void {
    const startedAtMs = performance.now();
    this.#inFlight.inc();
    return (status) => {
      this.#inFlight.dec();
      this.#requests.inc({ route, status });
      this.#durations.observe({ route }, (performance.now() - startedAtMs) / 1_000);
    };
  }

  callEnded(target: string, outcome: string): void {
    this.#calls.inc({ target, outcome });
  }

  callRetried(target: string): void {
    this.#retries.inc({ target });
  }
}
