import { databaseAddress } from '../database/database-url.js';
import { prepareSchema } from '../database/prepare-schema.js';
import type { DemoPlan } from '../plan/demo-plan.js';
import { readPlan } from '../plan/read-plan.js';
import { tellParent } from '../process/tell-parent.js';
import { becomesHealthy } from './health.js';
import { ShopProcess } from './shop-process.js';

export interface RunOptions {
  readonly plan: string;
  readonly databaseUrl: string;
  readonly rate: number;
  readonly seed: number;
}

// A cold start takes two seconds on two cores; a database that replays its log after a crash may take a few more.
const START_WITHIN_MS = 30_000;

/** Starts the shop and keeps it up. Resolves to null once all of it is healthy, or to the problem in one line; everything is stopped then. */
export async function runShop(options: RunOptions): Promise<string | null> {
  const read = await readPlan(options.plan);
  if (!read.ok) return read.problem;
  const mismatch = checkDatabase(read.plan, options.databaseUrl);
  if (mismatch !== null) return mismatch;
  const shop = new Shop(read.plan, options);
  endWith(shop);
  const problem = await shop.start();
  if (problem !== null) await shop.stop();
  return problem;
}

function checkDatabase(plan: DemoPlan, databaseUrl: string): string | null {
  const address = databaseAddress(databaseUrl);
  if (address === null) return '--database-url must look like postgres://user:password@host:5432/database';
  if (address === plan.database) return null;
  return `the plan was made for the database at ${plan.database}, and --database-url names ${address}: make a new plan with \`plan --database-url ...\``;
}

class Shop {
  readonly #processes: ShopProcess[];
  readonly #load: ShopProcess | undefined;
  readonly #deadlineMs = performance.now() + START_WITHIN_MS;
  #healthy = 0;
  #stopped: Promise<void> | null = null;
  #settleStart: (problem: string | null) => void = () => undefined;

  constructor(
    plan: DemoPlan,
    private readonly options: RunOptions,
  ) {
    const { rate, seed, databaseUrl } = options;
    this.#processes = plan.processes.map(
      (planned) =>
        new ShopProcess({
          assignment: { ...planned, rate, seed, databaseUrl },
          log,
          onReady: () => void this.#await(planned.name, planned.httpPort),
          onFailed: (problem) => this.#settleStart(problem),
        }),
    );
    this.#load = this.#processes[plan.processes.findIndex((planned) => planned.role === 'load')];
  }

  async start(): Promise<string | null> {
    const services = new Promise<string | null>((resolve) => {
      this.#settleStart = resolve;
      setTimeout(() => resolve(`only ${this.#healthy} of ${this.#processes.length} services started within ${START_WITHIN_MS / 1_000} s`), START_WITHIN_MS);
    });
    for (const part of this.#processes) if (part !== this.#load) part.start();
    const schema = this.#prepareSchema();
    // The first problem is told at once; without one, both have to be done.
    return (await Promise.race([services, schema])) ?? (await services) ?? schema;
  }

  /** Idempotent: a second caller waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= Promise.all(this.#processes.map((part) => part.stop())).then(() => undefined);
    return this.#stopped;
  }

  async #prepareSchema(): Promise<string | null> {
    const problem = await prepareSchema(this.options.databaseUrl, this.#deadlineMs);
    return problem === null ? null : `the database at ${databaseAddress(this.options.databaseUrl) ?? '?'} cannot be prepared: ${problem}`;
  }

  async #await(name: string, port: number): Promise<void> {
    if (!(await becomesHealthy(port, this.#deadlineMs))) return this.#settleStart(`${name} listens on 127.0.0.1:${port} but does not answer /healthz`);
    this.#healthy += 1;
    // Shoppers come when the shop is open: before, every one of them would be a failure that says nothing.
    if (this.#healthy === this.#processes.length - 1) this.#load?.start();
    tellParent({ type: 'progress', message: `started ${this.#healthy} of ${this.#processes.length} services` });
    if (this.#healthy === this.#processes.length) this.#settleStart(null);
  }
}

/** Whatever ends us ends the shop first: a signal, or a parent that is gone. */
function endWith(shop: Shop): void {
  const end = (): void => void shop.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (process.send !== undefined) process.once('disconnect', end);
  // A parent that was killed takes the other end of stderr with it; the disconnect above is what ends us then.
  process.stderr.on('error', () => undefined);
}

function log(line: string): void {
  process.stderr.write(`demo: ${line}\n`);
}
