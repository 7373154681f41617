import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { AuditService } from '../audit/audit.service.js';
import { HaltsStore, type HaltRow } from '../storage/halts.store.js';
import { UnitOfWork } from '../storage/unit-of-work.js';
import { WriteBehind } from '../storage/write-behind.js';
import { halts } from './halt-metrics.js';

// A halt should be on disk before it is answered, but a database that is away must not delay the answer beyond this.
const RECORD_WAIT_MS = 1_000;
// Resuming is not urgent and must be on disk: a halt that comes back with the next start would surprise everybody.
const RESUME_RECORD_WAIT_MS = 2_000;

/** Halts on disk: a halt right after it is in force, a resume before it is. */
@Injectable()
export class HaltJournal {
  constructor(
    private readonly store: HaltsStore,
    private readonly work: UnitOfWork,
    private readonly writes: WriteBehind,
    private readonly audit: AuditService,
  ) {}

  noteEngaged(halt: HaltRow, by: { readonly actor: string; readonly reason: string; readonly faults: number }): void {
    halts.inc();
    this.writes.push('the halt', () =>
      this.work.run(async (transaction) => {
        await this.store.engage(transaction, halt);
        await this.audit.recordIn(transaction, { actor: by.actor, action: 'halt.engage', subject: halt.id, outcome: 'done', details: { reason: by.reason, faults: by.faults } });
      }),
    );
  }

  /** Resolves once all that was noted is on disk, or after a second. */
  async written(): Promise<void> {
    await this.writes.drained(RECORD_WAIT_MS);
  }

  /** Commits the end of whatever is in force; throws DATABASE_UNAVAILABLE. */
  async recordResume(halt: HaltRow, by: { readonly actor: string; readonly reason: string }): Promise<void> {
    if (!(await this.writes.drained(RESUME_RECORD_WAIT_MS))) throw new AppError('DATABASE_UNAVAILABLE');
    await this.work.run(async (transaction) => {
      await this.store.resume(transaction, { by: by.actor, at: new Date(), reason: by.reason });
      await this.audit.recordIn(transaction, { actor: by.actor, action: 'halt.resume', subject: halt.id, outcome: 'done', details: { reason: by.reason } });
    });
  }
}
