import type { PrometheusAnswer, QueryData } from '../../api/prometheus-api.js';
import type { ExploreTab } from './explore-view.js';

/** One query as it is asked. A table asks for the end of the range only. */
export interface RunRequest {
  /** The row that it stands in. */
  readonly id: number;
  /** The same with another number is asked again. */
  readonly runNo: number;
  readonly query: string;
  readonly tab: ExploreTab;
  readonly startSec: number;
  readonly endSec: number;
  readonly stepSec: number;
}

export interface Answered {
  readonly request: RunRequest;
  readonly answer: PrometheusAnswer<QueryData>;
  readonly tookMs: number;
}

export interface Run {
  readonly request: RunRequest;
  readonly state: 'running' | 'answered' | 'failed' | 'cancelled';
  /** The newest answer to this query in this form; also while it is asked again, and after that failed. */
  readonly answered: Answered | null;
  /** Why it failed; null in other states. */
  readonly error: unknown;
}

export type Runs = ReadonlyMap<number, Run>;
export type AskQuery = (request: RunRequest, signal: AbortSignal) => Promise<PrometheusAnswer<QueryData>>;

interface Asking {
  readonly request: RunRequest;
  readonly abort: AbortController;
}

/** The queries that are under way and what they answered. At most one a row: a newer one cancels the older, whose answer is never shown. */
export class RunStore {
  readonly #asking = new Map<number, Asking>();
  readonly #listeners = new Set<() => void>();
  #runs: Runs = new Map();

  constructor(
    private readonly ask: AskQuery,
    private readonly clockMs: () => number,
  ) {}

  readonly get = (): Runs => this.#runs;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Wants these and nothing else: what is under way or answered already goes on, the rest is asked, what is not wanted any more is cancelled. */
  start(requests: readonly RunRequest[]): void {
    const fresh = requests.filter((request) => !this.#isUnderWay(request));
    const stay = new Set(requests.filter((request) => !fresh.includes(request)).map(({ id }) => id));
    for (const [id, { abort }] of this.#asking) {
      if (stay.has(id)) continue;
      abort.abort();
      this.#asking.delete(id);
    }
    const runOf = (request: RunRequest): Run => (stay.has(request.id) ? this.#runs.get(request.id) : undefined) ?? { request, state: 'running', answered: this.#keptFor(request), error: null };
    this.#publish(new Map(requests.map((request) => [request.id, runOf(request)])));
    for (const request of fresh) void this.#run(request);
  }

  readonly isBusy = (): boolean => this.#asking.size > 0;

  cancel(): void {
    for (const { abort } of this.#asking.values()) abort.abort();
    this.#asking.clear();
    this.#publish(new Map([...this.#runs].map(([id, run]) => [id, run.state === 'running' ? { ...run, state: 'cancelled' } : run])));
  }

  async #run(request: RunRequest): Promise<void> {
    const abort = new AbortController();
    const asking = { request, abort };
    this.#asking.set(request.id, asking);
    const startedMs = this.clockMs();
    try {
      const answer = await this.ask(request, abort.signal);
      this.#end(asking, { request, state: 'answered', answered: { request, answer, tookMs: this.clockMs() - startedMs }, error: null });
    } catch (error) {
      this.#end(asking, { request, state: 'failed', answered: this.#keptFor(request), error });
    }
  }

  // Only the newest may speak for its row: an answer can arrive in the moment in which it is cancelled.
  #end(asking: Asking, run: Run): void {
    if (this.#asking.get(asking.request.id) !== asking) return;
    this.#asking.delete(asking.request.id);
    this.#publish(new Map(this.#runs).set(asking.request.id, run));
  }

  #keptFor(request: RunRequest): Answered | null {
    const answered = this.#runs.get(request.id)?.answered ?? null;
    return answered?.request.query === request.query && answered.request.tab === request.tab ? answered : null;
  }

  #isUnderWay(request: RunRequest): boolean {
    const run = this.#runs.get(request.id);
    return run !== undefined && (run.state === 'running' || run.state === 'answered') && JSON.stringify(run.request) === JSON.stringify(request);
  }

  #publish(runs: Runs): void {
    this.#runs = runs;
    for (const listener of this.#listeners) listener();
  }
}
