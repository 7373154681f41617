import { Injectable, type OnModuleInit } from '@nestjs/common';
import { edgeKeyText, type EdgeKey } from '#contracts';
import { Changes } from '../state/changes.js';
import { FaultsStore, type FaultRow } from '../storage/faults.store.js';
import { WriteBehind } from '../storage/write-behind.js';
import { stepFault, type FaultChange } from './fault-lifecycle.js';
import { faultChanges, liveFaults } from './fault-metrics.js';

/**
 * Every fault that may be acting, in memory, as the first to know. A change counts here at once and is journalled right after, as often as it
 * takes: so a revert never waits for Postgres. Faults stay in the table until their end is confirmed and on disk.
 */
@Injectable()
export class FaultTable implements OnModuleInit {
  readonly changes = new Changes<FaultRow>('fault changes');
  private readonly faults = new Map<string, FaultRow>();

  constructor(
    private readonly store: FaultsStore,
    private readonly writes: WriteBehind,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const fault of await this.store.listOpen()) this.faults.set(fault.id, fault);
    this.count();
  }

  /** Takes up a fault whose plan is committed. */
  add(fault: FaultRow): void {
    this.faults.set(fault.id, fault);
    this.announce(fault);
  }

  find(id: string): FaultRow | null {
    return this.faults.get(id) ?? null;
  }

  all(): FaultRow[] {
    return [...this.faults.values()];
  }

  /** Those that may be acting on their target now. */
  live(): FaultRow[] {
    return this.all().filter((fault) => fault.state !== 'reverted');
  }

  /** The fault on the edge that is live, or whose end nobody has confirmed; null when the edge is free. */
  on(edge: EdgeKey): FaultRow | null {
    return this.all().find((fault) => fault.edgeKey === edgeKeyText(edge) && !isOver(fault)) ?? null;
  }

  /** The fault after the change; null when there is no such fault or the change means nothing to it. */
  change(id: string, change: FaultChange): FaultRow | null {
    const before = this.faults.get(id);
    const at = new Date();
    const after = before === undefined ? null : stepFault(before, change, at);
    if (after === null) return null;
    this.faults.set(id, after);
    this.journal(after, change, at);
    this.announce(after);
    return after;
  }

  /** Resolves with the fault once it fits; with the fault as it is then after `waitMs`, and null if there is none. */
  async until(id: string, fits: (fault: FaultRow) => boolean, waitMs: number): Promise<FaultRow | null> {
    const now = this.find(id);
    if (now === null || fits(now)) return now;
    return new Promise((resolve) => {
      const done = (fault: FaultRow | null): void => {
        clearTimeout(timer);
        unfollow();
        resolve(fault);
      };
      const timer = setTimeout(() => done(this.find(id)), waitMs);
      const unfollow = this.changes.follow((fault) => {
        if (fault.id === id && fits(fault)) done(fault);
      });
    });
  }

  private journal(fault: FaultRow, change: FaultChange, at: Date): void {
    const event = { faultId: fault.id, seq: fault.lastSeq, at, state: fault.state, change };
    this.writes.push(`fault ${fault.id}: ${change.type}`, async () => {
      await this.store.append(fault, event);
      if (this.faults.get(fault.id) === fault && isOver(fault)) this.faults.delete(fault.id);
    });
  }

  private announce(fault: FaultRow): void {
    faultChanges.inc({ state: fault.state });
    this.count();
    this.changes.publish(fault);
  }

  private count(): void {
    liveFaults.set(this.live().length);
  }
}

/** Ended, and an agent has said so. */
export function isOver(fault: FaultRow): boolean {
  return fault.state === 'reverted' && fault.revertedAt !== null;
}
