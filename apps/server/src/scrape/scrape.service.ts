import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Labels, MetricMetadata } from '#metrics';
import { StartError } from '../config/start-error.js';
import { ScrapeConfigError } from './config/config-problem.js';
import { readScrapeConfig } from './config/read-scrape-config.js';
import type { ScrapeConfig, ScrapeJob } from './config/scrape-config.js';
import { ScrapeSet } from './loop/scrape-set.js';
import type { ScrapeWiring } from './loop/scrape-wiring.js';
import { servedGroups } from './state/served-targets.js';
import type { ServedGroup } from './state/served-targets.js';
import { activeTarget, poolState } from './state/target-state.js';
import type { ActiveTarget, DroppedTarget, ScrapePoolState } from './state/target-state.js';
import type { OwnPlace } from './state/global-url.js';

/** Injects what the scraping is told. */
export const SCRAPE_SETTINGS = Symbol('SCRAPE_SETTINGS');
export const SCRAPE_WIRING = Symbol('SCRAPE_WIRING');

export interface ScrapeSettings extends OwnPlace {
  /** Of a prometheus.yml; null when there are only the jobs that code gives. */
  readonly configPath: string | null;
}

/** `appliedAt`: of the configuration that is in force, also when a later one is not valid. */
export interface ConfigState {
  readonly valid: boolean;
  readonly appliedAt: Date;
}

const NO_FILE: ScrapeConfig = { jobs: [], notes: [] };

/** Asks targets for their metrics, as a prometheus.yml and the server itself say, and tells how that goes. */
@Injectable()
export class ScrapeService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Scrape');
  private readonly set: ScrapeSet;
  private config = NO_FILE;
  private staticJobs: readonly ScrapeJob[] = [];
  private running = false;
  private reloaded: ConfigState = { valid: true, appliedAt: new Date() };

  constructor(
    @Inject(SCRAPE_SETTINGS) private readonly settings: ScrapeSettings,
    @Inject(SCRAPE_WIRING) wiring: ScrapeWiring,
  ) {
    this.set = new ScrapeSet(wiring);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.running = true;
    try {
      await this.reload();
    } catch (error) {
      if (error instanceof ScrapeConfigError) throw new StartError(`The scrape configuration is not valid:\n${error.message}`, { cause: error });
      throw error;
    }
  }

  /** Before the modules under this one let go of the store: every series that is scraped gets its last marker. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    await this.set.end();
  }

  /** Reads the file again. Throws ScrapeConfigError, and goes on as before, when it is not valid. */
  async reload(): Promise<void> {
    const { configPath } = this.settings;
    try {
      this.config = configPath === null ? NO_FILE : await readScrapeConfig(configPath);
    } catch (error) {
      this.reloaded = { ...this.reloaded, valid: false };
      throw error;
    }
    this.reloaded = { valid: true, appliedAt: new Date() };
    for (const note of this.config.notes) this.log.log(`${configPath}: ${note}`);
    this.apply();
  }

  /** What became of the last reading of the file. */
  get configState(): ConfigState {
    return this.reloaded;
  }

  /** Jobs that no file describes (`staticJob` makes them); a job of the same name in the file goes before. Unchanged targets are not disturbed. */
  setStaticJobs(jobs: readonly ScrapeJob[]): void {
    this.staticJobs = jobs;
    this.apply();
  }

  /** By job, then by URL. */
  activeTargets(): ActiveTarget[] {
    return this.byName().flatMap(([name, { loops }]) => loops.map((loop) => activeTarget(name, loop, this.settings)).sort((one, other) => (one.scrapeUrl < other.scrapeUrl ? -1 : 1)));
  }

  /** Of each job at most as many as it keeps; `pools` counts all. */
  droppedTargets(): DroppedTarget[] {
    return this.byName().flatMap(([scrapePool, { found }]) => found.dropped.map((discoveredLabels) => ({ discoveredLabels, scrapePool })));
  }

  pools(): ScrapePoolState[] {
    return this.byName().map(([name, pool]) => poolState(name, pool));
  }

  /** What a target says of its metric families. `labels`: the very ones of an active target. */
  metadataOf(labels: Labels): ReadonlyMap<string, MetricMetadata> {
    for (const [, { loops }] of this.byName()) {
      const loop = loops.find(({ spec }) => spec.labels === labels);
      if (loop !== undefined) return new Map(loop.memory.families.entries());
    }
    return new Map();
  }

  /** All that is scraped, as HTTP service discovery for others. */
  servedTargets(): ServedGroup[] {
    return servedGroups(this.byName().flatMap(([, { loops }]) => loops.map(({ spec }) => spec)));
  }

  private byName() {
    return [...this.set.pools].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  private apply(): void {
    if (!this.running) return;
    const names = new Set(this.config.jobs.map(({ name }) => name));
    this.set.apply([...this.config.jobs, ...this.staticJobs.filter(({ name }) => !names.has(name))]);
  }
}
