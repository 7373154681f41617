import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricClient } from '../support/metric-client.js';

const SERIES = 40;
const SAMPLES_A_REQUEST = 5;
// Small, so that a long campaign does not run out of the past.
const STEP_MS = 1_000;
const AGAIN_MS = 50;

/**
 * One sender of remote write that behaves as Prometheus does: requests in order, each sent again until it is acknowledged. What it sends can be worked out from the place in the
 * order, so all that must be remembered is how much was acknowledged.
 */
export class IngestSender {
  /** Requests that were acknowledged, and that were ever sent. */
  acknowledged = 0;
  sent = 0;
  problem: string | null = null;

  constructor(
    private readonly name: string,
    private readonly version: 1 | 2,
    private readonly firstMs: number,
  ) {}

  get series(): readonly Readonly<Record<string, string>>[] {
    return Array.from({ length: SERIES }, (_, i) => ({ __name__: `soak_${i % 8}_total`, sender: this.name, place: String(i) }));
  }

  get samplesAcknowledged(): number {
    return this.acknowledged * SERIES * SAMPLES_A_REQUEST;
  }

  /** Sends until told to stop; `client` gives the server of the moment. */
  async run(client: () => MetricClient, stopping: () => boolean): Promise<void> {
    while (!stopping() && this.problem === null) {
      this.sent = this.acknowledged + 1;
      await this.sendUntilAcknowledged(client, this.acknowledged);
    }
  }

  /** What the series must hold at least, and what it may hold besides: the request whose answer never came. */
  expected(place: number): { readonly must: readonly (readonly [number, string])[]; readonly may: readonly (readonly [number, string])[] } {
    const all = Array.from({ length: this.sent }, (_, request) => this.samplesOf(place, request));
    const asRead = (samples: readonly (readonly [number, number])[]): (readonly [number, string])[] => samples.map(([timeMs, value]) => [timeMs, String(value)] as const);
    return { must: asRead(all.slice(0, this.acknowledged).flat()), may: asRead(all.slice(this.acknowledged).flat()) };
  }

  private async sendUntilAcknowledged(client: () => MetricClient, request: number): Promise<void> {
    for (;;) {
      const series = this.series.map((labels, place) => ({ labels, samples: this.samplesOf(place, request) }));
      // No answer is what a kill looks like from here.
      const answer = await client().write(this.version, series).catch(() => null);
      if (answer?.status === 204) {
        this.acknowledged += 1;
        return;
      }
      if (answer !== null && answer.status < 500) {
        this.problem = `${this.name}: request ${request} was refused with ${answer.status}: ${answer.text}`;
        return;
      }
      await sleep(AGAIN_MS);
    }
  }

  private samplesOf(place: number, request: number): (readonly [number, number])[] {
    return Array.from({ length: SAMPLES_A_REQUEST }, (_, i) => {
      const at = request * SAMPLES_A_REQUEST + i;
      // Counters for some, fractions for others.
      return [this.firstMs + at * STEP_MS, place % 2 === 0 ? at * (place + 1) : at / 7 + place] as const;
    });
  }
}
