import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FaultTarget } from '#contracts';
import { Changes } from '../state/changes.js';
import { FaultsStore, type FaultRow, type FaultStep } from '../storage/faults.store.js';
import { WriteBatch } from '../storage/write-batch.js';
import { WriteBehind } from '../storage/write-behind.js';
import { stepFault, type FaultChange } from './fault-lifecycle.js';
import { FaultLocks } from './fault-locks.js';
import { faultChanges, liveFaults } from './fault-metrics.js';

type Waiter = (fault: FaultRow) => void;

/**
 * Every fault that may be acting, in memory, as the first to know. A change counts here at once and is journalled right after, as often as it
 * takes: so a revert never waits for Postgres. Faults stay in the table until their end is confirmed and on disk.
 */
@Injectable()
export class FaultTable implements OnModuleInit {
  readonly changes = new Changes<FaultRow>('fault changes');
  private readonly faults = new Map<string, FaultRow>();
  private readonly reserved = new Map<string, FaultRow>();
  private readonly locks = new FaultLocks();
  /** Of faults that are over, and are still live on disk. */
  private readonly staleLocks = new FaultLocks();
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly journal: WriteBatch<FaultStep>;
  private liveCount = 0;

  constructor(
    private readonly store: FaultsStore,
    writes: WriteBehind,
  ) {
    this.journal = new WriteBatch(writes, { what: 'changes of faults', write: (steps) => this.write(steps) });
  }

  async onModuleInit(): Promise<void> {
    for (const fault of await this.store.listOpen()) this.put(fault);
  }

  /** Holds the locks of faults whose plans are on their way to disk. They count already, and act on nothing. */
  reserve(faults: readonly FaultRow[]): void {
    for (const fault of faults) {
      this.reserved.set(fault.id, fault);
      this.locks.set(fault);
    }
  }

  /** Gives up what was reserved and is not planned after all. */
  release(faults: readonly FaultRow[]): void {
    for (const fault of faults) {
      this.reserved.delete(fault.id);
      this.locks.release(fault);
    }
  }

  /** Takes up a fault whose plan is committed. */
  add(fault: FaultRow): void {
    this.reserved.delete(fault.id);
    this.put(fault);
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
    return this.all().filter(isLive);
  }

  /** How many may be acting now or are about to. */
  get liveOrReserved(): number {
    return this.liveCount + this.reserved.size;
  }

  /** A fault under the lock that is live, or whose end nobody has confirmed; null when it is free. */
  on(lockKey: string): FaultRow | null {
    return this.locks.holder(lockKey);
  }

  /** True while the lock is free here and still taken on disk. */
  isStale(lockKey: string): boolean {
    return this.staleLocks.holder(lockKey) !== null;
  }

  /** A fault whose revert failed on the target. */
  failedOn(target: FaultTarget): FaultRow | null {
    return this.locks.failedOn(target);
  }

  /** The fault after the change; null when there is no such fault or the change means nothing to it. */
  change(id: string, change: FaultChange): FaultRow | null {
    const before = this.faults.get(id);
    const at = new Date();
    const after = before === undefined ? null : stepFault(before, change, at);
    if (after === null) return null;
    this.put(after);
    this.journal.add({ fault: after, event: { faultId: id, seq: after.lastSeq, at, state: after.state, change } });
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
        this.forget(id, waiter);
        resolve(fault);
      };
      const waiter: Waiter = (fault) => (fits(fault) ? done(fault) : undefined);
      const timer = setTimeout(() => done(this.find(id)), waitMs);
      this.waiters.set(id, (this.waiters.get(id) ?? new Set()).add(waiter));
    });
  }

  private put(fault: FaultRow): void {
    const before = this.faults.get(fault.id);
    this.faults.set(fault.id, fault);
    this.liveCount += Number(isLive(fault)) - Number(before !== undefined && isLive(before));
    liveFaults.set(this.liveCount);
    if (!isOver(fault)) return this.locks.set(fault);
    this.locks.release(fault);
    this.staleLocks.set(fault);
  }

  private async write(steps: readonly FaultStep[]): Promise<void> {
    await this.store.append(steps);
    for (const { fault } of steps) if (this.faults.get(fault.id) === fault && isOver(fault)) this.drop(fault);
  }

  private drop(fault: FaultRow): void {
    this.faults.delete(fault.id);
    this.staleLocks.release(fault);
  }

  private announce(fault: FaultRow): void {
    faultChanges.inc({ state: fault.state });
    for (const waiter of this.waiters.get(fault.id) ?? []) waiter(fault);
    this.changes.publish(fault);
  }

  private forget(id: string, waiter: Waiter): void {
    const waiters = this.waiters.get(id);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.waiters.delete(id);
  }
}

function isLive(fault: FaultRow): boolean {
  return fault.state !== 'reverted';
}

/** Ended, and an agent has said so. */
export function isOver(fault: FaultRow): boolean {
  return fault.state === 'reverted' && fault.revertedAt !== null;
}
