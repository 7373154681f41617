import type { EndReason, FaultKind, FaultOrder, FaultTarget } from '#contracts';
import { lockOf, targetText } from '#contracts';
import type { LedgerEntry } from '../ledger/ledger-format.js';
import type { Undo } from './undo.js';

/** `residue`: left by a process before this one and not yet undone. */
export type HeldState = 'applying' | 'active' | 'reverting' | 'revert-failed' | 'residue';

export interface HeldFault {
  readonly faultId: string;
  readonly kind: FaultKind;
  readonly target: FaultTarget;
  readonly leaseTtlMs: number;
  readonly notAfterMs: number;
  state: HeldState;
  /** How often its revert was tried in vain. */
  failedReverts: number;
  /** Null until it is planned. */
  undo: Undo | null;
  /** Unix milliseconds; null until the undo is on disk. */
  ledgerSinceMs: number | null;
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
 *     residue -------------------------^
 */
export class LeaseBook {
  private readonly held = new Map<string, HeldFault>();
  /** The same faults by what they act on, so that a new one meets only its neighbours. */
  private readonly onTarget = new Map<string, Set<HeldFault>>();

  get size(): number {
    return this.held.size;
  }

  get(faultId: string): HeldFault | undefined {
    return this.held.get(faultId);
  }

  all(): HeldFault[] {
    return [...this.held.values()];
  }

  admit(order: FaultOrder, nowMs: number): Admission {
    const { faultId, spec, target, leaseTtlMs, notAfterMs } = order;
    const known = this.held.get(faultId);
    if (known !== undefined) return { type: 'held', held: known };
    const reason = this.conflict(order);
    if (reason !== null) return { type: 'refused', reason };
    const until = { leaseUntilMs: nowMs + leaseTtlMs, endsAtMs: nowMs + notAfterMs };
    return { type: 'new', held: this.keep({ faultId, kind: spec.kind, target, leaseTtlMs, notAfterMs, state: 'applying', failedReverts: 0, undo: null, ledgerSinceMs: null, ...until, endReason: null }) };
  }

  /** Takes in what a process before this one left. Nothing new acts on its target before it is undone. */
  adopt({ undo, kind, target, writtenAt }: LedgerEntry): HeldFault {
    const over = { leaseTtlMs: 0, notAfterMs: 0, leaseUntilMs: 0, endsAtMs: 0, endReason: 'agent-restarted' } as const;
    return this.keep({ faultId: undo.faultId, kind, target, state: 'residue', failedReverts: 0, undo, ledgerSinceMs: Date.parse(writtenAt), ...over });
  }

  /** The fault acts from `nowMs` on, and its longest life counts from here. */
  activate(held: HeldFault, nowMs: number): void {
    held.state = 'active';
    held.endsAtMs = nowMs + held.notAfterMs;
  }

  forget({ faultId, target }: HeldFault): void {
    const held = this.held.get(faultId);
    const neighbours = this.onTarget.get(targetText(target));
    if (held === undefined || neighbours === undefined) return;
    this.held.delete(faultId);
    neighbours.delete(held);
    if (neighbours.size === 0) this.onTarget.delete(targetText(target));
  }

  /** Takes in an answer to a renewal and gives what must end because of it. */
  renew({ asked, sentMs, granted, refused }: Renewal): Ending[] {
    for (const faultId of granted) {
      const held = this.held.get(faultId);
      // Max: answers may overtake each other across a reconnect, and no renewal may shorten a lease.
      if (held !== undefined) held.leaseUntilMs = Math.max(held.leaseUntilMs, sentMs + held.leaseTtlMs);
    }
    const answered = new Set([...granted, ...refused.map((ending) => ending.faultId)]);
    const unknown = asked.filter((faultId) => !answered.has(faultId)).map((faultId): Ending => ({ faultId, reason: 'unknown-to-server' }));
    return [...refused, ...unknown].filter(({ faultId }) => mayEnd(this.held.get(faultId)));
  }

  /** What must end at `nowMs` because its lease or its time is over. */
  due(nowMs: number): Ending[] {
    const endings: Ending[] = [];
    for (const held of this.held.values()) {
      if (mayEnd(held) && dueMsOf(held) <= nowMs) endings.push({ faultId: held.faultId, reason: held.endsAtMs <= nowMs ? 'duration-over' : 'lease-expired' });
    }
    return endings;
  }

  /** When `due` will next have something to say; null while nothing is held that can end. */
  nextDueMs(): number | null {
    let nextMs: number | null = null;
    for (const held of this.held.values()) if (mayEnd(held)) nextMs = Math.min(nextMs ?? Infinity, dueMsOf(held));
    return nextMs;
  }

  private keep(held: HeldFault): HeldFault {
    this.held.set(held.faultId, held);
    const target = targetText(held.target);
    this.onTarget.set(target, (this.onTarget.get(target) ?? new Set()).add(held));
    return held;
  }

  private conflict({ spec, target, overlap }: FaultOrder): string | null {
    const neighbours = [...(this.onTarget.get(targetText(target)) ?? [])];
    // Nobody knows what is left there, so nothing new comes on top, whoever allowed it.
    const unclean = neighbours.find(({ state, failedReverts }) => state === 'residue' || failedReverts > 0);
    if (unclean !== undefined) return `the revert of ${unclean.faultId} failed on this target, so it may not be clean`;
    const lock = lockOf(spec.kind, target);
    const other = overlap === 'allow' ? undefined : neighbours.find((held) => lockOf(held.kind, held.target) === lock);
    return other === undefined ? null : `the fault ${other.faultId} already acts on this target`;
  }
}

/** When its lease or its time is over, whichever is first, on the monotonic clock. */
export function dueMsOf({ leaseUntilMs, endsAtMs }: HeldFault): number {
  return Math.min(leaseUntilMs, endsAtMs);
}

function mayEnd(held: HeldFault | undefined): boolean {
  return held !== undefined && held.endReason === null && (held.state === 'applying' || held.state === 'active');
}
