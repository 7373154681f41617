import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { HaltView } from '#contracts';
import { Changes } from '../state/changes.js';
import { HaltsStore, type HaltRow } from '../storage/halts.store.js';
import { haltInForce } from './halt-metrics.js';

/** Whether everything is halted: known in memory at once, so that it holds while the database is away, and read back at start. */
@Injectable()
export class HaltState implements OnModuleInit {
  readonly changes = new Changes<HaltRow | null>('halt changes');
  private inForce: HaltRow | null = null;

  constructor(private readonly store: HaltsStore) {}

  async onModuleInit(): Promise<void> {
    this.set(await this.store.inForce());
  }

  get current(): HaltRow | null {
    return this.inForce;
  }

  /** The halt that is in force from now on: the one that already was, or this one. */
  engage(halt: HaltRow): HaltRow {
    if (this.inForce === null) this.set(halt);
    return this.inForce ?? halt;
  }

  /** Puts another halt, or none, in the place of the one in force. */
  replace(halt: HaltRow | null): void {
    this.set(halt);
  }

  private set(halt: HaltRow | null): void {
    this.inForce = halt;
    haltInForce.set(halt === null ? 0 : 1);
    this.changes.publish(halt);
  }
}

export function haltView(halt: HaltRow): HaltView {
  return { id: halt.id, by: halt.engagedBy, since: halt.engagedAt.toISOString(), reason: halt.reason };
}
