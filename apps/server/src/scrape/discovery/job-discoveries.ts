import { fingerprint } from '../config/fingerprint.js';
import type { DiscoveryConfig } from './discovery-config.js';
import type { Discovery, DiscoveryProblem } from './discovery.js';
import type { TargetGroup } from './target-group.js';

interface Running {
  readonly config: DiscoveryConfig;
  readonly discovery: Discovery;
}

/** How one of a job's discoveries fares. */
export interface DiscoveryStatus {
  readonly kind: DiscoveryConfig['kind'];
  readonly problem: DiscoveryProblem | null;
}

/** All discoveries of one job. Those that a new configuration leaves as they are go on. */
export class JobDiscoveries {
  private running: ReadonlyMap<string, Running> = new Map();
  private applying = false;

  constructor(
    private readonly create: (config: DiscoveryConfig) => Discovery,
    private readonly changed: () => void,
  ) {}

  /** Calls `changed` once, and later whenever targets may be others. */
  apply(configs: readonly DiscoveryConfig[]): void {
    const before = this.running;
    const now = new Map(configs.map((config) => [fingerprint(config), config]));
    const added = [...now].filter(([key]) => !before.has(key));
    this.running = new Map([...now].map(([key, config]) => [key, before.get(key) ?? { config, discovery: this.create(config) }]));
    for (const [key, { discovery }] of before) if (!now.has(key)) discovery.stop();
    this.applying = true;
    for (const [key] of added) this.running.get(key)?.discovery.start(() => this.tell());
    this.applying = false;
    this.changed();
  }

  stop(): void {
    for (const { discovery } of this.running.values()) discovery.stop();
    this.running = new Map();
  }

  get groups(): readonly TargetGroup[] {
    return [...this.running.values()].flatMap(({ discovery }) => discovery.groups);
  }

  /** False while some have not found out yet: what they will find is not gone because it is not there. */
  get complete(): boolean {
    return [...this.running.values()].every(({ discovery }) => discovery.tried);
  }

  get statuses(): DiscoveryStatus[] {
    return [...this.running.values()].map(({ config, discovery }) => ({ kind: config.kind, problem: discovery.problem }));
  }

  private tell(): void {
    if (!this.applying) this.changed();
  }
}
