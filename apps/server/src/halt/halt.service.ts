import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { AppError, type HaltResult, type HaltView } from '#contracts';
import { FaultLeases } from '../faults/fault-leases.service.js';
import { FaultOrders } from '../faults/fault-orders.service.js';
import { FaultTable, isOver } from '../faults/fault-table.service.js';
import { UnleasedFaults } from '../faults/unleased-faults.service.js';
import { faultView } from '../faults/fault-view.js';
import type { FaultRow } from '../storage/faults.store.js';
import type { HaltRow } from '../storage/halts.store.js';
import { HaltJournal } from './halt-journal.service.js';
import { HaltState, haltView } from './halt-state.service.js';

// Connected agents answer in milliseconds. Who has not by now is told of in the answer, with the time at which its lease ends.
const CONFIRM_WAIT_MS = 5_000;

/** The stop for everything: in force first, then told to the agents, then recorded. It stays until an admin resumes. */
@Injectable()
export class Halt {
  /** The newest halt that was asked for since a resume began; null otherwise. */
  private askedSinceResume: HaltRow | null = null;

  constructor(
    private readonly state: HaltState,
    private readonly table: FaultTable,
    private readonly orders: FaultOrders,
    private readonly leases: FaultLeases,
    private readonly unleased: UnleasedFaults,
    private readonly journal: HaltJournal,
  ) {}

  current(): HaltView | null {
    return this.state.current === null ? null : haltView(this.state.current);
  }

  /** A second halt finds the first in force and repeats the orders: it can only help. */
  async engage(reason: string, actor: string): Promise<HaltResult> {
    const startedAtMs = performance.now();
    const asked = { id: randomUUID(), engagedBy: actor, engagedAt: new Date(), reason };
    const halt = this.state.engage(asked);
    this.askedSinceResume = asked;
    const affected = this.table.live();
    const unleased = this.unleased.list().length;
    this.orders.revertAll('halted');
    this.journal.noteEngaged(halt, { actor, reason, faults: affected.length + unleased });
    const [ended] = await Promise.all([this.confirmations(affected), this.unleased.untilGone(CONFIRM_WAIT_MS), this.journal.written()]);
    const left = this.unleased.list();
    const open = ended.filter((fault) => !isOver(fault));
    return {
      halt: haltView(halt),
      reverted: ended.length - open.length,
      open: open.map(faultView),
      openUntil: this.openUntil(open),
      unleased: { removed: Math.max(0, unleased - left.length), open: left },
      tookMs: Math.round(performance.now() - startedAtMs),
    };
  }

  /** A halt that is asked for while this is on its way to disk wins: it stays halted, and this rejects with HALTED. */
  async resume(reason: string, actor: string): Promise<void> {
    const halt = this.state.current;
    if (halt === null) throw new AppError('NOT_HALTED');
    this.askedSinceResume = null;
    await this.journal.recordResume(halt, { actor, reason });
    this.endResume(this.askedSinceResume);
  }

  private endResume(asked: HaltRow | null): void {
    this.state.replace(asked);
    if (asked === null) return;
    this.journal.noteEngaged(asked, { actor: asked.engagedBy, reason: asked.reason, faults: 0 });
    throw new AppError('HALTED', { since: asked.engagedAt.toISOString(), by: asked.engagedBy });
  }

  private confirmations(faults: readonly FaultRow[]): Promise<FaultRow[]> {
    return Promise.all(faults.map(async (fault) => (await this.table.until(fault.id, isOver, CONFIRM_WAIT_MS)) ?? fault));
  }

  private openUntil(open: readonly FaultRow[]): string | null {
    if (open.length === 0) return null;
    const endsAtMs = open.map((fault) => this.leases.endsAt(fault.id).getTime());
    return new Date(Math.max(...endsAtMs)).toISOString();
  }
}
