import { Agent } from 'node:http';
import { connect } from 'node:net';
import { seedFor, seededRandom } from '../chance/random.js';
import type { Random } from '../chance/random.js';
import { exchange } from '../http/exchange.js';
import type { Country } from '../plan/countries.js';
import { nextArrivalMs } from './arrivals.js';
import { CountryCounts } from './country-counts.js';
import { MEAN_PAGES_PER_JOURNEY, planJourney } from './journeys.js';
import type { PageView } from './journeys.js';
import { outcomeOf } from './outcome.js';
import type { EndedOutcome } from './outcome.js';
import { localHour, shareOfPeak } from './rhythm.js';

export interface CountryLoadOptions {
  readonly country: Country;
  readonly host: string;
  readonly port: number;
  /** Multiplies the country's rate. */
  readonly rate: number;
  readonly seed: number;
  readonly onEnded: (outcome: EndedOutcome) => void;
}

// A shopper waits this long for a page. Longer than every timeout inside the shop, so the shop has the first word on what failed.
const PAGE_TIMEOUT_MS = 8_000;
// At 12 page views a second this is reached when pages take over five seconds: the shop is down then, and more of the same says nothing new.
const MAX_IN_FLIGHT = 64;
const IDLE_SOCKET_MS = 20_000;
const PROBE_EVERY_MS = 250;

/** All shoppers of one country, sending real requests through the country's own edge. */
export class CountryLoad {
  readonly counts = new CountryCounts(MAX_IN_FLIGHT);
  readonly #agent = new Agent({ keepAlive: true, timeout: IDLE_SOCKET_MS });
  readonly #random: Random;
  #shoppers = 0;

  constructor(private readonly options: CountryLoadOptions) {
    this.#random = seededRandom(seedFor(options.seed, options.country.code));
  }

  /** Nothing is sent before somebody listens at the edge: a start is no outage. */
  start(): void {
    const probe = connect({ host: this.options.host, port: this.options.port });
    probe.once('connect', () => {
      probe.destroy();
      this.#awaitArrival(Date.now());
    });
    probe.once('error', () => setTimeout(() => this.start(), PROBE_EVERY_MS));
  }

  #awaitArrival(previousDueMs: number): void {
    const nowMs = Date.now();
    const { country, rate } = this.options;
    const pagesPerSec = country.peakPagesPerSec * shareOfPeak(localHour(nowMs, country.utcOffsetHours)) * rate;
    const dueMs = nextArrivalMs({ dueMs: previousDueMs, nowMs }, pagesPerSec / MEAN_PAGES_PER_JOURNEY, this.#random);
    setTimeout(() => {
      this.#startJourney();
      this.#awaitArrival(dueMs);
    }, dueMs - nowMs);
  }

  #startJourney(): void {
    this.#shoppers += 1;
    const shopper = `${this.options.country.code}-${this.options.seed.toString(36)}-${this.#shoppers.toString(36)}`;
    for (const view of planJourney(shopper, this.#random)) setTimeout(() => void this.#view(view), view.atMs);
  }

  async #view({ method, path, body }: PageView): Promise<void> {
    if (!this.counts.trySend()) return;
    const { host, port, onEnded } = this.options;
    const text = body === null ? null : JSON.stringify(body);
    const result = await exchange({ agent: this.#agent, host, port, method, path, headers: {}, body: text, timeoutMs: PAGE_TIMEOUT_MS });
    const outcome = outcomeOf(result);
    this.counts.ended(outcome);
    onEnded(outcome);
  }
}
