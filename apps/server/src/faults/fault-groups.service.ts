import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';
import { FaultJournal } from './fault-journal.service.js';
import { FaultOrders } from './fault-orders.service.js';
import { FaultStart } from './fault-start.service.js';
import { FaultTable, isOver } from './fault-table.service.js';
import { selectionFailed } from './selection/selection-failed.js';

const CONFIRM_WAIT_MS = 3_000;
// An agent syncs its ledger before each fault: on a slow disk that is some milliseconds each, one after the other.
const CONFIRM_WAIT_EACH_MS = 20;

interface Failed {
  readonly fault: FaultRow;
  readonly error: unknown;
}

/** Faults that start together or not at all. */
@Injectable()
export class FaultGroups {
  constructor(
    private readonly table: FaultTable,
    private readonly journal: FaultJournal,
    private readonly starts: FaultStart,
    private readonly orders: FaultOrders,
  ) {}

  /** Resolves once all are confirmed. Rejects with SELECTION_FAILED, which names the first that could not start and why, after the others were taken back. */
  async start(faults: readonly FaultRow[], actor: string): Promise<void> {
    await this.plan(faults, actor);
    const waitMs = CONFIRM_WAIT_MS + faults.length * CONFIRM_WAIT_EACH_MS;
    const outcomes = await Promise.allSettled(faults.map((fault) => this.starts.start(fault, waitMs)));
    const failed = outcomes.flatMap((outcome, i): Failed[] => {
      const fault = faults[i];
      return outcome.status === 'fulfilled' || fault === undefined ? [] : [{ fault, error: outcome.reason as unknown }];
    });
    if (failed.length > 0) throw await this.takeBack(faults, failed, actor);
  }

  private async plan(faults: readonly FaultRow[], actor: string): Promise<void> {
    this.table.reserve(faults);
    try {
      await this.journal.planAll(faults, actor);
    } catch (error) {
      this.table.release(faults);
      throw error;
    }
  }

  private async takeBack(faults: readonly FaultRow[], failed: readonly Failed[], actor: string): Promise<unknown> {
    for (const { fault, error } of failed) this.journal.noteFailure(fault, actor, messageOf(error));
    const failedIds = new Set(failed.map(({ fault }) => fault.id));
    const started = faults.filter(({ id }) => !failedIds.has(id));
    const reverted = (await Promise.all(started.map((fault) => this.revert(fault)))).filter(Boolean).length;
    const [first] = failed;
    if (first === undefined || (first.error instanceof AppError && first.error.code === 'HALTED')) return first?.error;
    return selectionFailed({ target: first.fault.target, cause: first.error, started: started.length, reverted });
  }

  /** Whether the agent confirmed in time that it is gone. */
  private async revert({ id }: FaultRow): Promise<boolean> {
    const fault = this.table.find(id);
    if (fault === null) return true;
    this.orders.revert(fault, 'stopped', 'Another fault of its selection could not start.');
    const after = await this.table.until(id, (now) => isOver(now) || now.state === 'revert-failed', CONFIRM_WAIT_MS);
    return after === null || isOver(after);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
