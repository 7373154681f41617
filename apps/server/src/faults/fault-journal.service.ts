import { Injectable } from '@nestjs/common';
import { AppError, edgeLabel } from '#contracts';
import { summarizeFault } from '#faults';
import { AuditService } from '../audit/audit.service.js';
import { EdgeTakenError, FaultsStore, type FaultRow } from '../storage/faults.store.js';
import { UnitOfWork, type Transaction } from '../storage/unit-of-work.js';
import { WriteBehind } from '../storage/write-behind.js';

// Earlier changes must be on disk before a new fault is planned; a database that needs longer for them counts as away.
const WRITES_WAIT_MS = 1_000;

/** What of faults must be on disk before somebody acts, and what of them somebody did. */
@Injectable()
export class FaultJournal {
  constructor(
    private readonly store: FaultsStore,
    private readonly work: UnitOfWork,
    private readonly writes: WriteBehind,
    private readonly audit: AuditService,
  ) {}

  /** Commits the intent with its audit row. Rejects when it cannot, or when another fault took the edge first; then no agent may hear of it. */
  async plan(fault: FaultRow, actor: string): Promise<void> {
    if (!(await this.writes.drained(WRITES_WAIT_MS))) throw new AppError('DATABASE_UNAVAILABLE');
    try {
      await this.work.run((transaction) => this.insert(transaction, fault, actor));
    } catch (cause) {
      if (!(cause instanceof EdgeTakenError)) throw cause;
      const holder = await this.store.liveOn(fault.edgeKey);
      throw new AppError('FAULT_CONFLICT', { faultId: holder?.id ?? 'that has just ended', target: edgeLabel(fault.target.edge) }, { cause });
    }
  }

  /** That the fault was planned and then did not come to act. */
  noteFailure(fault: FaultRow, actor: string, problem: string): void {
    const entry = { actor, action: 'fault.create', subject: fault.id, outcome: 'failed', details: { ...describe(fault), problem } } as const;
    this.writes.push(`audit of the failed fault ${fault.id}`, () => this.audit.record(entry));
  }

  noteRevert(fault: FaultRow, actor: string): void {
    const entry = { actor, action: 'fault.revert', subject: fault.id, outcome: 'done', details: describe(fault) } as const;
    this.writes.push(`audit of the revert of fault ${fault.id}`, () => this.audit.record(entry));
  }

  private async insert(transaction: Transaction, fault: FaultRow, actor: string): Promise<void> {
    const { id, lastSeq, createdAt, state } = fault;
    await this.store.plan(transaction, fault, { faultId: id, seq: lastSeq, at: createdAt, state, change: { type: 'planned', by: actor } });
    await this.audit.recordIn(transaction, { actor, action: 'fault.create', subject: id, outcome: 'done', details: describe(fault) });
  }
}

function describe(fault: FaultRow): Record<string, unknown> {
  return { target: edgeLabel(fault.target.edge), kind: fault.spec.kind, effect: summarizeFault(fault.spec), durationMs: fault.durationMs, agent: fault.agent };
}
