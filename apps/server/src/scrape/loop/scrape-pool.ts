import { fingerprint } from '../config/fingerprint.js';
import type { ScrapeJob } from '../config/scrape-config.js';
import { createDiscovery } from '../discovery/create-discovery.js';
import { JobDiscoveries } from '../discovery/job-discoveries.js';
import type { DiscoveryStatus } from '../discovery/job-discoveries.js';
import type { HttpClient } from '../http/http-client.js';
import type { TargetSpec } from '../target/target-spec.js';
import { NO_TARGETS, targetsOf } from './job-targets.js';
import type { JobTargets } from './job-targets.js';
import { makeLoop, recipeOf } from './make-loop.js';
import type { RetiredLoops } from './retired-loops.js';
import type { ScrapeWiring } from './scrape-wiring.js';
import type { TargetLoop } from './target-loop.js';

interface PooledLoop {
  readonly loop: TargetLoop;
  readonly recipe: string;
}

/**
 * The targets of one job, each with a loop.
 *
 *     discoveries -> groups -> relabelling -> targets -> loops
 */
export class ScrapePool {
  private targets: JobTargets = NO_TARGETS;
  private readonly pooled = new Map<string, PooledLoop>();
  private readonly discoveries: JobDiscoveries;
  private client: HttpClient;
  private recipe: string;

  constructor(
    private job: ScrapeJob,
    private readonly wiring: ScrapeWiring,
    private readonly retired: RetiredLoops,
  ) {
    this.client = wiring.httpClient(job.client);
    this.recipe = recipeOf(job);
    this.discoveries = new JobDiscoveries((config) => createDiscovery(config, wiring), () => this.sync());
  }

  start(): void {
    this.discoveries.apply(this.job.discoveries);
  }

  /** Another configuration of the same job. Targets that it leaves as they are go on undisturbed. */
  change(job: ScrapeJob): void {
    const { loops, client } = this;
    const otherClient = fingerprint(job.client) !== fingerprint(this.job.client);
    this.job = job;
    this.recipe = recipeOf(job);
    if (otherClient) this.client = this.wiring.httpClient(job.client);
    // Also those that a discovery has yet to find again.
    for (const { spec } of loops) this.keepUp(spec);
    if (otherClient) closeAfter(loops, client);
    this.discoveries.apply(job.discoveries);
  }

  /** Its targets are scraped no more; their series end if they do not come back. */
  retire(): void {
    this.discoveries.stop();
    for (const loop of this.loops) this.retired.retire(loop);
    closeAfter(this.loops, this.client);
    this.pooled.clear();
  }

  /** Cuts off what is under way, and ends all series. */
  async end(): Promise<void> {
    this.discoveries.stop();
    await Promise.all(this.loops.map((loop) => this.endLoop(loop)));
    this.client.close();
  }

  get loops(): TargetLoop[] {
    return [...this.pooled.values()].map(({ loop }) => loop);
  }

  get found(): JobTargets {
    return this.targets;
  }

  get discoveryStatuses(): DiscoveryStatus[] {
    return this.discoveries.statuses;
  }

  private sync(): void {
    this.targets = targetsOf(this.job, this.discoveries.groups);
    for (const spec of this.targets.active.values()) this.keepUp(spec);
    if (!this.discoveries.complete) return;
    for (const [id, { loop }] of this.pooled) {
      if (this.targets.active.has(id)) continue;
      this.pooled.delete(id);
      this.retired.retire(loop);
    }
  }

  private keepUp(spec: TargetSpec): void {
    const recipe = `${this.recipe} ${spec.intervalMs} ${spec.timeoutMs}`;
    const current = this.pooled.get(spec.id);
    if (current?.recipe === recipe) {
      current.loop.spec = spec;
      return;
    }
    const before = current?.loop ?? this.retired.recall(spec.id);
    const loop = makeLoop(this.wiring, { job: this.job, client: this.client, forced: () => this.limitProblem() }, spec, before);
    this.pooled.set(spec.id, { loop, recipe });
    if (before === null) loop.start();
    else loop.follow(before);
  }

  private limitProblem(): string | null {
    const { targetLimit } = this.job;
    const count = this.pooled.size;
    return targetLimit > 0 && count > targetLimit ? `target_limit exceeded (number of targets: ${count}, limit: ${targetLimit})` : null;
  }

  private async endLoop(loop: TargetLoop): Promise<void> {
    await loop.abort();
    await loop.end(this.wiring.clock.wallMs());
  }
}

/** The last scrapes of loops that are stopping still need it. */
function closeAfter(stopping: readonly TargetLoop[], client: HttpClient): void {
  void Promise.all(stopping.map((loop) => loop.stop())).then(() => client.close());
}
