import type { AgentMessage, EndReason, FaultOrder, Holding } from '#contracts';
import type { Clock } from '../clock.js';
import type { LedgerEntry } from '../ledger/ledger-format.js';
import type { Log } from '../log.js';
import { DueTimer } from './due-timer.js';
import { EndReports } from './end-reports.js';
import type { FaultDriver } from './fault-driver.js';
import { LeaseBook, dueMsOf } from './lease-book.js';
import type { HeldFault, Renewal } from './lease-book.js';
import { OutsideHold } from './outside-hold.js';
import type { Watchdog } from '../watchdog/watchdog.js';
import type { Undo } from './undo.js';

/** What the holder needs of the ledger. */
interface UndoLog {
  readonly residue: readonly LedgerEntry[];
  add(entry: LedgerEntry): Promise<void>;
  remove(faultId: string): Promise<void>;
}

export interface FaultHolderParts {
  readonly driverOf: (kind: FaultOrder['spec']['kind']) => FaultDriver | undefined;
  /** Why the owner of this host does not allow an order, given how many faults are held; null when it does. */
  readonly policyRefusal: (order: FaultOrder, heldFaults: number) => string | null;
  readonly ledger: UndoLog;
  readonly watchdog: Watchdog;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells the server, if it is there; false when it is not. */
  readonly tell: (message: AgentMessage) => boolean;
  /** Number of the flow report that will be made next. */
  readonly nextReportSeq: () => number;
  /** A fault acts, and may be probed. */
  readonly onApplied: (order: FaultOrder, undo: Undo) => void;
  /** The last fault is gone. */
  readonly onEmpty: () => void;
}

const FIRST_RETRY_MS = 1_000;
// A target that stays unclean blocks new faults and needs a person; trying twice a minute costs nothing and catches what heals by itself.
const LONGEST_RETRY_MS = 30_000;

/**
 * Holds faults as leases: undo on disk and with the watchdog, then apply, then revert by command, expiry or exit, whichever is first. What to do
 * is decided in LeaseBook; here it is done. Faults wait for nothing but themselves, so many are applied and reverted at once.
 */
export class FaultHolder {
  private readonly book = new LeaseBook();
  private readonly ends: EndReports;
  private readonly outside: OutsideHold;
  private readonly timer: DueTimer;
  /** Orders that are looked at and not yet admitted. */
  private considered = 0;
  /** Everything that has begun on a target and not finished. */
  private readonly underWay = new Set<Promise<void>>();
  private stopping = false;

  constructor(private readonly parts: FaultHolderParts) {
    this.ends = new EndReports(parts);
    this.outside = new OutsideHold(parts, { held: () => this.book.all(), letGo: (faultId) => void this.revert(faultId, 'lease-expired') });
    this.timer = new DueTimer(parts.clock, () => this.endDue());
  }

  /** Undoes what a crash left. Resolves when each is clean or has failed, loudly; new faults are blocked on what failed. */
  async clearResidue(): Promise<void> {
    await Promise.all(this.parts.ledger.residue.map((entry) => this.undo(this.book.adopt(entry))));
  }

  /** For the hello: what may be acting right now. */
  held(): Extract<AgentMessage, { type: 'hello' }>['faults'] {
    return this.book.all().map(({ faultId, state, target }) => ({ faultId, state: state === 'revert-failed' ? state : 'active', target }));
  }

  holdings(): Holding[] {
    const nowMs = this.parts.clock.monotonicMs();
    return this.book.all().map((held) => {
      const leased = held.state === 'applying' || held.state === 'active';
      const { faultId, kind, target, state, ledgerSinceMs } = held;
      return { faultId, kind, target, state, leaseLeftMs: leased ? Math.max(0, Math.round(dueMsOf(held) - nowMs)) : null, ledgerSinceMs };
    });
  }

  /** What a renewal asks for. */
  renewable(): string[] {
    return this.book.all().filter(({ state }) => state === 'active' || state === 'applying').map(({ faultId }) => faultId);
  }

  isActive(faultId: string): boolean {
    return this.book.get(faultId)?.state === 'active';
  }

  async apply(order: FaultOrder): Promise<void> {
    const orderedMs = this.parts.clock.monotonicMs();
    const known = this.book.get(order.faultId);
    if (known !== undefined) return this.tellAgain(known);
    const reason = (await this.refusal(order)) ?? this.lateRefusal(order);
    if (reason !== null) return this.refuse(order, reason);
    const admission = this.book.admit(order, orderedMs);
    if (admission.type === 'refused') return this.refuse(order, admission.reason);
    if (admission.type === 'held') return this.tellAgain(admission.held);
    this.timer.by(dueMsOf(admission.held));
    await this.track(this.carryOut(admission.held, order));
  }

  /** Ends a fault. One that is not held is clean already, and the server is told so. */
  async revert(faultId: string, reason: EndReason): Promise<void> {
    const held = this.book.get(faultId);
    if (held === undefined) return this.ends.repeat(faultId, reason);
    held.endReason ??= reason;
    // While it is being applied, `carryOut` sees the reason and undoes it; while it is being reverted, that is under way.
    if (held.state === 'active' || held.state === 'revert-failed') await this.undo(held);
  }

  async revertAll(reason: EndReason): Promise<void> {
    await Promise.all(this.book.all().map(({ faultId }) => this.revert(faultId, reason)));
  }

  /** Reverts everything and takes no more orders: the process is about to end. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.revertAll('agent-stopped');
    await Promise.all(this.underWay);
    this.timer.stop();
  }

  async renewed(renewal: Renewal): Promise<void> {
    const endings = this.book.renew(renewal);
    for (const faultId of renewal.granted) this.outside.renew(this.book.get(faultId));
    await Promise.all(endings.map(({ faultId, reason }) => this.revert(faultId, reason)));
  }

  connected(): void {
    this.ends.connected();
  }

  disconnected(): void {
    this.ends.disconnected();
  }

  /** Left-over ledger entries have done their work once the server has heard that they are undone. */
  async acknowledged(seq: number): Promise<void> {
    await Promise.all(this.ends.acknowledged(seq).map((faultId) => this.strike(faultId)));
  }

  /** Everything that speaks against an order before its turn among the others. */
  private async refusal(order: FaultOrder): Promise<string | null> {
    const early = this.lateRefusal(order) ?? this.parts.policyRefusal(order, this.book.size + this.considered);
    if (early !== null) return early;
    const driver = this.parts.driverOf(order.spec.kind);
    if (driver === undefined) return `this agent has no driver for ${order.spec.kind}`;
    this.considered += 1;
    try {
      return await driver.refusal(order);
    } catch (error) {
      return `whether it can be carried out could not be told: ${(error as Error).message}`;
    } finally {
      this.considered -= 1;
    }
  }

  /** What may also come true while a driver is asked. */
  private lateRefusal({ faultId }: FaultOrder): string | null {
    if (this.stopping) return 'the agent is stopping';
    return this.ends.has(faultId) ? 'this fault has already ended' : null;
  }

  private refuse({ faultId }: FaultOrder, reason: string): void {
    this.parts.tell({ type: 'apply-refused', faultId, reason: reason.slice(0, 500) });
  }

  private tellAgain({ faultId, state }: HeldFault): void {
    if (state === 'active') this.parts.tell({ type: 'applied', faultId, atMs: this.parts.clock.wallMs() });
  }

  private async carryOut(held: HeldFault, order: FaultOrder): Promise<void> {
    const undo = await this.prepare(held, order);
    if (undo === null) return;
    try {
      await this.outside.hold(held, undo);
      // The lease may have run out, or a stop come in, while disk and watchdog were busy.
      if (held.endReason !== null) return await this.undo(held);
      await this.driver(held).apply(order, undo);
    } catch (error) {
      this.parts.log.error({ faultId: held.faultId, err: error }, 'A fault could not be applied; undoing what there is of it.');
      this.refuse(order, `it could not be applied: ${(error as Error).message}`);
      held.endReason = 'refused';
      return this.undo(held);
    }
    await this.activate(held, order, undo);
  }

  /** Null when it cannot be undone for sure, and is refused. */
  private async prepare(held: HeldFault, order: FaultOrder): Promise<Undo | null> {
    const { clock, ledger, log } = this.parts;
    const { faultId, kind, target } = held;
    try {
      const undo = await this.driver(held).plan(order);
      const sinceMs = clock.wallMs();
      await ledger.add({ undo, kind, target, writtenAt: new Date(sinceMs).toISOString() });
      held.undo = undo;
      held.ledgerSinceMs = sinceMs;
      return undo;
    } catch (error) {
      log.error({ faultId, err: error }, 'A fault could not be planned and written to the ledger, so nothing was applied.');
      this.refuse(order, `it could not be planned and written to the ledger (${(error as Error).message}), so nothing was applied`);
      if (held.endReason !== null) this.ends.report(faultId, held.endReason);
      this.forget(held);
      return null;
    }
  }

  private async activate(held: HeldFault, order: FaultOrder, undo: Undo): Promise<void> {
    const { clock, log, tell, onApplied } = this.parts;
    const { faultId, kind, target } = held;
    this.book.activate(held, clock.monotonicMs());
    this.outside.renew(held);
    log.info({ faultId, kind, target }, 'fault applied');
    tell({ type: 'applied', faultId, atMs: clock.wallMs() });
    onApplied(order, undo);
    if (this.driver(held).instant?.has(kind) === true) held.endReason ??= 'done';
    if (held.endReason !== null) return this.undo(held);
    this.timer.by(dueMsOf(held));
  }

  private undo(held: HeldFault): Promise<void> {
    held.state = 'reverting';
    return this.track(this.carryUndoOut(held));
  }

  private async carryUndoOut(held: HeldFault): Promise<void> {
    const { faultId, undo } = held;
    try {
      if (undo !== null) await this.driver(held).revert(undo);
    } catch (error) {
      return this.revertFailed(held, error as Error);
    }
    this.outside.release(held);
    const reason = held.endReason ?? 'stopped';
    this.parts.log.info({ faultId, reason }, 'fault reverted');
    this.ends.report(faultId, reason);
    this.forget(held);
    // A left-over entry stays until the server has heard, so that a second crash loses nothing.
    if (reason !== 'agent-restarted') await this.strike(faultId);
  }

  private revertFailed(held: HeldFault, error: Error): void {
    const { clock, log, tell } = this.parts;
    const { faultId, target } = held;
    held.state = 'revert-failed';
    held.failedReverts += 1;
    log.error({ faultId, target, err: error }, 'A revert FAILED: the target may not be clean. New faults there are refused.');
    tell({ type: 'revert-failed', faultId, problem: error.message.slice(0, 500) });
    clock.after(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (held.failedReverts - 1)), () => {
      if (held.state === 'revert-failed' && this.book.get(faultId) === held) void this.undo(held);
    });
  }

  private driver({ kind }: HeldFault): FaultDriver {
    const driver = this.parts.driverOf(kind);
    if (driver === undefined) throw new Error(`this agent has no driver for ${kind}`);
    return driver;
  }

  private forget(held: HeldFault): void {
    this.book.forget(held);
    if (this.book.size === 0) this.parts.onEmpty();
  }

  private async strike(faultId: string): Promise<void> {
    try {
      await this.parts.ledger.remove(faultId);
    } catch (error) {
      // The target is clean; an entry too many is undone and reported once more at the next start, and goes with the next write.
      this.parts.log.warn({ faultId, err: error }, 'A reverted fault could not be struck from the ledger.');
    }
  }

  private async track(deed: Promise<void>): Promise<void> {
    this.underWay.add(deed);
    await deed.finally(() => this.underWay.delete(deed));
  }

  private endDue(): void {
    for (const { faultId, reason } of this.book.due(this.parts.clock.monotonicMs())) void this.revert(faultId, reason);
    const nextMs = this.book.nextDueMs();
    if (nextMs !== null) this.timer.by(nextMs);
  }
}
