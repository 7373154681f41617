import type { EndReason, FaultOrder, FaultTarget } from '#contracts';
import { edgeKeyText } from '#contracts';

export type HeldState = 'applying' | 'active' | 'reverting' | 'revert-failed';

export interface HeldFault {
  readonly order: FaultOrder;
  state: HeldState;
  /** Both on the monotonic clock. The lease moves with every renewal; the end does not. */
  leaseUntilMs: number;
  endsAtMs: number;
  /** Set from the moment it is to end. */
  endReason: EndReason | null;
}

export interface Ending {
  readonly faultId: string;
  readonly reason: EndReason;
}

export type Admission = { readonly type: 'new'; readonly held: HeldFault } | { readonly type: 'held'; readonly held: HeldFault } | { readonly type: 'refused'; readonly reason: string };

export interface Renewal {
  /** What was asked for, and when the question left: a fault applied since is not unknown, and a late answer renews from the question on. */
  readonly asked: readonly string[];
  readonly sentMs: number;
  readonly granted: readonly string[];
  readonly refused: readonly Ending[];
}

/**
 * Which faults are held, until when, and which must end now. No I/O and no clock of its own: the holder carries out what this decides.
 *
 *     new -> applying -> active -> reverting -> gone
 *                '---------^---------' '-> revert-failed -> reverting
 */
export class LeaseBook {
  private readonly held = new Map<string, HeldFault>();

  get(faultId: string): HeldFault | undefined {
    return this.held.get(faultId);
  }

  all(): HeldFault[] {
    return [...this.held.values()];
  }

  admit(order: FaultOrder, nowMs: number): Admission {
    const known = this.held.get(order.faultId);
    if (known !== undefined) return { type: 'held', held: known };
    const other = this.all().find(({ order: held }) => targetText(held.target) === targetText(order.target));
    if (other?.state === 'revert-failed') return { type: 'refused', reason: `the revert of ${other.order.faultId} failed on this target, so it may not be clean` };
    if (other !== undefined) return { type: 'refused', reason: `the fault ${other.order.faultId} already acts on this target` };
    const held: HeldFault = { order, state: 'applying', leaseUntilMs: nowMs + order.leaseTtlMs, endsAtMs: nowMs + order.notAfterMs, endReason: null };
    this.held.set(order.faultId, held);
    return { type: 'new', held };
  }

  /** The fault acts from `nowMs` on, and its longest life counts from here. */
  activate(held: HeldFault, nowMs: number): void {
    held.state = 'active';
    held.endsAtMs = nowMs + held.order.notAfterMs;
  }

  forget(faultId: string): void {
    this.held.delete(faultId);
  }

  /** Takes in an answer to a renewal and gives what must end because of it. */
  renew({ asked, sentMs, granted, refused }: Renewal): Ending[] {
    for (const faultId of granted) {
      const held = this.held.get(faultId);
      // Max: answers may overtake each other across a reconnect, and no renewal may shorten a lease.
      if (held !== undefined) held.leaseUntilMs = Math.max(held.leaseUntilMs, sentMs + held.order.leaseTtlMs);
    }
    const answered = new Set([...granted, ...refused.map((ending) => ending.faultId)]);
    const unknown = asked.filter((faultId) => !answered.has(faultId)).map((faultId): Ending => ({ faultId, reason: 'unknown-to-server' }));
    return [...refused, ...unknown].filter(({ faultId }) => this.mayEnd(faultId));
  }

  /** What must end at `nowMs` because its lease or its time is over. */
  due(nowMs: number): Ending[] {
    const endings: Ending[] = [];
    for (const { order, leaseUntilMs, endsAtMs } of this.held.values()) {
      if (!this.mayEnd(order.faultId) || Math.min(leaseUntilMs, endsAtMs) > nowMs) continue;
      endings.push({ faultId: order.faultId, reason: endsAtMs <= nowMs ? 'duration-over' : 'lease-expired' });
    }
    return endings;
  }

  /** When `due` will next have something to say; null while nothing is held that can end. */
  nextDueMs(): number | null {
    const times = this.all().filter(({ order }) => this.mayEnd(order.faultId)).map(({ leaseUntilMs, endsAtMs }) => Math.min(leaseUntilMs, endsAtMs));
    return times.length === 0 ? null : Math.min(...times);
  }

  private mayEnd(faultId: string): boolean {
    const held = this.held.get(faultId);
    return held !== undefined && held.endReason === null && (held.state === 'applying' || held.state === 'active');
  }
}

function targetText(target: FaultTarget): string {
  return `${target.type}:${edgeKeyText(target.edge)}`;
}
