import type { AgentMessage, EndReason, FaultOrder } from '#contracts';
import type { Clock } from '../clock.js';
import type { LedgerEntry } from '../ledger/ledger.js';
import type { Log } from '../log.js';
import type { FaultDriver } from './fault-driver.js';
import { LeaseBook } from './lease-book.js';
import type { HeldFault, Renewal } from './lease-book.js';
import { RecentEnds } from './recent-ends.js';

/** What the holder needs of the ledger. */
interface UndoLog {
  readonly residue: readonly LedgerEntry[];
  add(entry: LedgerEntry): Promise<void>;
  remove(faultId: string): Promise<void>;
}

interface FaultHolderParts {
  readonly driver: FaultDriver;
  readonly ledger: UndoLog;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells the server, if it is there; false when it is not. */
  readonly tell: (message: AgentMessage) => boolean;
  /** Number of the flow report that will be made next. */
  readonly nextReportSeq: () => number;
}

/**
 * Holds faults as leases: undo on disk, then apply, then revert by command, expiry or exit, whichever is first. What to do is decided in
 * LeaseBook; here it is done.
 */
export class FaultHolder {
  private readonly book = new LeaseBook();
  private readonly ends = new RecentEnds();
  private cancelTimer: (() => void) | null = null;
  private stopping = false;

  constructor(private readonly parts: FaultHolderParts) {
    // Faults on edges live in the process that crashed, so what it left is undone by that alone; the entry stays until the server has heard.
    for (const { faultId } of parts.ledger.residue) this.ends.add({ type: 'reverted', faultId, atMs: parts.clock.wallMs(), reason: 'agent-restarted' });
  }

  /** For the hello: what may be acting right now. */
  held(): Extract<AgentMessage, { type: 'hello' }>['faults'] {
    return this.book.all().map(({ order, state }) => ({ faultId: order.faultId, state: state === 'revert-failed' ? state : 'active', target: order.target }));
  }

  /** What a renewal asks for. */
  renewable(): string[] {
    return this.book.all().filter(({ state }) => state === 'active' || state === 'applying').map(({ order }) => order.faultId);
  }

  async apply(order: FaultOrder): Promise<void> {
    const { clock, driver, tell } = this.parts;
    const { faultId } = order;
    const refuse = (reason: string): boolean => tell({ type: 'apply-refused', faultId, reason: reason.slice(0, 500) });
    if (this.stopping) return void refuse('the agent is stopping');
    if (this.ends.get(faultId) !== undefined) return void refuse('this fault has already ended');
    const refusal = driver.refusal(order);
    if (refusal !== null) return void refuse(refusal);
    const admission = this.book.admit(order, clock.monotonicMs());
    if (admission.type === 'refused') return void refuse(admission.reason);
    if (admission.type === 'new') return this.carryOut(admission.held, refuse);
    if (admission.held.state === 'active') tell({ type: 'applied', faultId, atMs: clock.wallMs() });
  }

  /** Ends a fault. One that is not held is clean already, and the server is told so. */
  async revert(faultId: string, reason: EndReason): Promise<void> {
    const held = this.book.get(faultId);
    if (held === undefined) return this.tellClean(faultId, reason);
    held.endReason ??= reason;
    // While it is being applied, `carryOut` sees the reason and undoes it; while it is being reverted, that is under way.
    if (held.state === 'active' || held.state === 'revert-failed') await this.undo(held);
  }

  async revertAll(reason: EndReason): Promise<void> {
    await Promise.all(this.book.all().map(({ order }) => this.revert(order.faultId, reason)));
  }

  /** Reverts everything and takes no more orders: the process is about to end. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.revertAll('agent-stopped');
    this.cancelTimer?.();
  }

  async renewed(renewal: Renewal): Promise<void> {
    const endings = this.book.renew(renewal);
    this.watch();
    await Promise.all(endings.map(({ faultId, reason }) => this.revert(faultId, reason)));
  }

  /** The server has welcomed this agent: tells it every end it may have missed. */
  connected(): void {
    for (const message of this.ends.untold()) this.tellEnd(message.faultId);
  }

  disconnected(): void {
    this.ends.connectionLost();
  }

  /** Reports up to `seq` are committed, so the ends told before them were heard: left-over ledger entries have done their work. */
  async acknowledged(seq: number): Promise<void> {
    for (const faultId of this.ends.acknowledged(seq)) await this.strike(faultId);
  }

  private async carryOut(held: HeldFault, refuse: (reason: string) => boolean): Promise<void> {
    const { driver, ledger, clock, log, tell } = this.parts;
    const { faultId, spec, target } = held.order;
    this.watch();
    try {
      await ledger.add({ faultId, kind: spec.kind, target, writtenAt: new Date(clock.wallMs()).toISOString() });
    } catch (error) {
      this.book.forget(faultId);
      log.error({ faultId, err: error }, 'The ledger could not be written, so nothing was applied.');
      return void refuse(`the ledger could not be written (${(error as Error).message}), so nothing was applied`);
    }
    // The lease may have run out, or a stop come in, while the disk was busy.
    if (held.endReason !== null) return this.undo(held);
    try {
      await driver.apply(held.order);
    } catch (error) {
      log.error({ faultId, err: error }, 'A fault could not be applied; undoing what there is of it.');
      refuse(`it could not be applied: ${(error as Error).message}`);
      held.endReason = 'refused';
      return this.undo(held);
    }
    this.book.activate(held, clock.monotonicMs());
    log.info({ faultId, kind: spec.kind, target }, 'fault applied');
    tell({ type: 'applied', faultId, atMs: clock.wallMs() });
    this.watch();
    if (held.endReason !== null) await this.undo(held);
  }

  private async undo(held: HeldFault): Promise<void> {
    const { driver, clock, log, tell } = this.parts;
    const { faultId } = held.order;
    held.state = 'reverting';
    try {
      await driver.revert(faultId);
    } catch (error) {
      held.state = 'revert-failed';
      log.error({ faultId, target: held.order.target, err: error }, 'A revert FAILED: the target may not be clean. New faults there are refused.');
      tell({ type: 'revert-failed', faultId, problem: (error as Error).message.slice(0, 500) });
      return;
    }
    this.book.forget(faultId);
    const reason = held.endReason ?? 'stopped';
    log.info({ faultId, reason }, 'fault reverted');
    this.ends.add({ type: 'reverted', faultId, atMs: clock.wallMs(), reason });
    this.tellEnd(faultId);
    this.watch();
    await this.strike(faultId);
  }

  private tellClean(faultId: string, reason: EndReason): void {
    if (this.ends.get(faultId) === undefined) this.ends.add({ type: 'reverted', faultId, atMs: this.parts.clock.wallMs(), reason });
    const message = this.ends.get(faultId);
    if (message !== undefined) this.parts.tell(message);
  }

  private tellEnd(faultId: string): void {
    const message = this.ends.get(faultId);
    if (message !== undefined && this.parts.tell(message)) this.ends.sent(faultId, this.parts.nextReportSeq());
  }

  private async strike(faultId: string): Promise<void> {
    try {
      await this.parts.ledger.remove(faultId);
    } catch (error) {
      // The target is clean; an entry too many is reported as reverted once more at the next start, and goes with the next write.
      this.parts.log.warn({ faultId, err: error }, 'A reverted fault could not be struck from the ledger.');
    }
  }

  /** One timer, for the fault that has to end first. */
  private watch(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    const dueMs = this.book.nextDueMs();
    if (dueMs === null) return;
    this.cancelTimer = this.parts.clock.after(dueMs - this.parts.clock.monotonicMs(), () => {
      for (const { faultId, reason } of this.book.due(this.parts.clock.monotonicMs())) void this.revert(faultId, reason);
      this.watch();
    });
  }
}
