import { parseScrapeConfig } from '../config/read-scrape-config.js';
import type { ScrapeJob } from '../config/scrape-config.js';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http/http-client.js';
import { HttpError } from '../http/http-client.js';
import { expositionReader } from '../ingest/read-exposition.js';
import { MemorySink } from '../../metrics/sample-sink.fixture.js';
import { FakeClock } from '../scrape-clock.fixture.js';
import { ScrapeSet } from './scrape-set.js';
import type { ScrapeWiring } from './scrape-wiring.js';
import type { ScrapeOutcome } from './target-scrape.js';

type Answer = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer> | HttpAnswer;

/** A network in which each host says what the test puts there; hosts that are not there refuse. */
export class FakeNetwork {
  readonly requests: HttpRequest[] = [];
  readonly closed: number[] = [];
  private readonly hosts = new Map<string, Answer>();
  private clients = 0;

  says(host: string, answer: Answer | string): void {
    this.hosts.set(host, typeof answer === 'string' ? () => textAnswer(answer) : answer);
  }

  client(): HttpClient {
    const number = this.clients++;
    return { get: (request, signal) => this.get(request, signal), close: () => this.closed.push(number) };
  }

  private async get(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    this.requests.push(request);
    const answer = this.hosts.get(request.url.host);
    if (answer === undefined) throw new HttpError(`connect ECONNREFUSED ${request.url.host}`);
    return answer(request, signal);
  }
}

export function textAnswer(text: string, more: Partial<HttpAnswer> = {}): HttpAnswer {
  return { status: 200, statusText: 'OK', contentType: 'text/plain; version=0.0.4', body: new TextEncoder().encode(text), ...more };
}

/** Never answers; ends when it is given up. */
export function silence(_request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}

export async function jobsOf(yaml: string): Promise<readonly ScrapeJob[]> {
  return (await parseScrapeConfig('/etc/prometheus.yml', yaml)).jobs;
}

/** A set of jobs in a world of its own. */
export function scrapeWorld(more: Partial<ScrapeWiring> = {}) {
  const [clock, sink, network] = [new FakeClock(), new MemorySink(), new FakeNetwork()];
  const [warnings, outcomes]: [string[], ScrapeOutcome[]] = [[], []];
  const wiring: ScrapeWiring = {
    ...{ clock, sink, spreadSeed: 'seed', readExposition: expositionReader(), dns: () => Promise.resolve([]) },
    httpClient: () => network.client(),
    scraped: (outcome) => outcomes.push(outcome),
    warn: (message) => warnings.push(message),
    ...more,
  };
  return { clock, sink, network, warnings, outcomes, set: new ScrapeSet(wiring) };
}
