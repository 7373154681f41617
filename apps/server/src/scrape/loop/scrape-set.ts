import { fingerprint } from '../config/fingerprint.js';
import type { ScrapeJob } from '../config/scrape-config.js';
import { RetiredLoops } from './retired-loops.js';
import { ScrapePool } from './scrape-pool.js';
import type { ScrapeWiring } from './scrape-wiring.js';

// The server has this long to end; what a store does not take by then is lost with or without waiting.
const END_WITHIN_MS = 2_000;

interface RunningJob {
  readonly pool: ScrapePool;
  readonly fingerprint: string;
}

/** All jobs. */
export class ScrapeSet {
  private readonly running = new Map<string, RunningJob>();
  private readonly retired: RetiredLoops;

  constructor(private readonly wiring: ScrapeWiring) {
    this.retired = new RetiredLoops(wiring.clock);
  }

  /** Makes these the jobs, each name once. Jobs and targets that stay as they are go on undisturbed. */
  apply(jobs: readonly ScrapeJob[]): void {
    const names = new Set(jobs.map(({ name }) => name));
    // First, so that targets which move from one job to another are asked by one at a time.
    for (const [name, { pool }] of this.running) {
      if (names.has(name)) continue;
      this.running.delete(name);
      pool.retire();
    }
    for (const job of jobs) this.applyJob(job);
  }

  /** By name of the job. */
  get pools(): ReadonlyMap<string, ScrapePool> {
    return new Map([...this.running].map(([name, { pool }]) => [name, pool]));
  }

  /** Stops everything and ends all series, as far as the store takes that in time. */
  async end(): Promise<void> {
    const pools = [...this.pools.values()];
    this.running.clear();
    const ended = Promise.all([...pools.map((pool) => pool.end()), this.retired.endAll()]);
    let cancel: () => void = () => undefined;
    const timeout = new Promise<void>((resolve) => (cancel = this.wiring.clock.after(END_WITHIN_MS, resolve)));
    await Promise.race([ended, timeout]);
    cancel();
  }

  private applyJob(job: ScrapeJob): void {
    const print = fingerprint(job);
    const current = this.running.get(job.name);
    if (current?.fingerprint === print) return;
    const pool = current?.pool ?? new ScrapePool(job, this.wiring, this.retired);
    this.running.set(job.name, { pool, fingerprint: print });
    if (current === undefined) pool.start();
    else pool.change(job);
  }
}
