import { targetText, type FaultTarget } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';

/** Which faults stand under each lock, so that asking is one look however many there are. Its owner says who comes and goes. */
export class FaultLocks {
  private readonly byLock = new Map<string, Map<string, FaultRow>>();
  private readonly failed = new Map<string, FaultRow>();

  /** Takes up a fault, or what became of one. */
  set(fault: FaultRow): void {
    const holders = this.byLock.get(fault.lockKey) ?? new Map<string, FaultRow>();
    this.byLock.set(fault.lockKey, holders.set(fault.id, fault));
    if (fault.state === 'revert-failed') this.failed.set(fault.id, fault);
    else this.failed.delete(fault.id);
  }

  release(fault: FaultRow): void {
    const holders = this.byLock.get(fault.lockKey);
    holders?.delete(fault.id);
    if (holders?.size === 0) this.byLock.delete(fault.lockKey);
    this.failed.delete(fault.id);
  }

  /** A fault under the lock, the first that came; null when it is free. */
  holder(lockKey: string): FaultRow | null {
    const [first] = this.byLock.get(lockKey)?.values() ?? [];
    return first ?? null;
  }

  /** A fault whose revert failed on the target, under whatever lock; failed reverts are few. */
  failedOn(target: FaultTarget): FaultRow | null {
    const text = targetText(target);
    for (const fault of this.failed.values()) if (targetText(fault.target) === text) return fault;
    return null;
  }
}
