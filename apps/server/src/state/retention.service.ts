import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EdgeSecondsStore } from '../storage/edge-seconds.store.js';
import { JobLeasesStore } from '../storage/job-leases.store.js';

const SECONDS_A_DAY = 86_400;
/** How long recorded traffic is kept: two weeks hold last week's incident and the same weekday before it. */
const KEEP_DAYS = 14;
// Partitions are made a day ahead, so missing a few rounds harms nothing.
const EVERY_MS = 10 * 60_000;
const JOB = 'edge-second-partitions';

/** Makes the daily partitions of recorded traffic ahead of time, and drops those that are over their time. */
@Injectable()
export class Retention implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('Retention');
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly edgeSeconds: EdgeSecondsStore,
    private readonly leases: JobLeasesStore,
  ) {}

  /** Before the first report comes, whoever holds the job: a server that was off for a week finds no partition of today. */
  async onModuleInit(): Promise<void> {
    await this.makePartitions();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.round(), EVERY_MS);
  }

  onModuleDestroy(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private async round(): Promise<void> {
    try {
      // Held until just before the next round, so that of several servers one does the work and another takes over when it is gone.
      if (!(await this.leases.acquire(JOB, EVERY_MS * 0.9))) return;
      await this.makePartitions();
      const dropped = await this.edgeSeconds.dropBefore(nowSec() - KEEP_DAYS * SECONDS_A_DAY);
      if (dropped > 0) this.log.log(`Dropped ${dropped} days of recorded traffic older than ${KEEP_DAYS} days`);
    } catch (error) {
      this.log.warn(`Partitions could not be tended and will be in the next round: ${String(error)}`);
    }
  }

  private async makePartitions(): Promise<void> {
    for (const day of [-1, 0, 1, 2]) await this.edgeSeconds.ensurePartition(nowSec() + day * SECONDS_A_DAY);
  }
}

function nowSec(): number {
  return Math.floor(Date.now() / 1_000);
}
