import { Injectable } from '@nestjs/common';
import { AppError, targetLabel } from '#contracts';
import { summarizeFault } from '#faults';
import { AuditService } from '../audit/audit.service.js';
import type { AuditEntry } from '../storage/audit.store.js';
import { FaultsStore, type FaultRow, type FaultStep } from '../storage/faults.store.js';
import { SharedWrite } from '../storage/shared-write.js';
import { UnitOfWork, type Transaction } from '../storage/unit-of-work.js';
import { WriteBehind } from '../storage/write-behind.js';
import { FaultTable } from './fault-table.service.js';

// The end of the fault before must be on disk before a lock is free there; a database that needs longer for it counts as away.
const WRITES_WAIT_MS = 1_000;

interface Plan {
  readonly fault: FaultRow;
  readonly actor: string;
}

/** What of faults must be on disk before somebody acts, and what of them somebody did. */
@Injectable()
export class FaultJournal {
  private readonly plans = new SharedWrite<Plan, boolean>((plans) => this.work.run((transaction) => this.insert(transaction, plans)));

  constructor(
    private readonly table: FaultTable,
    private readonly store: FaultsStore,
    private readonly work: UnitOfWork,
    private readonly writes: WriteBehind,
    private readonly audit: AuditService,
  ) {}

  /** Commits the intent with its audit row. Rejects when it cannot, or when another fault took the lock first; then no agent may hear of it. */
  async plan(fault: FaultRow, actor: string): Promise<void> {
    await this.freed([fault]);
    if (!(await this.plans.run({ fault, actor }))) throw await this.conflict(fault);
  }

  /** As `plan`, for all of them or none. */
  async planAll(faults: readonly FaultRow[], actor: string): Promise<void> {
    await this.freed(faults);
    await this.work.run(async (transaction) => {
      const added = await this.insert(transaction, faults.map((fault) => ({ fault, actor })));
      const left = faults[added.indexOf(false)];
      if (left !== undefined) throw await this.conflict(left);
    });
  }

  /** That the fault was planned and then did not come to act. */
  noteFailure(fault: FaultRow, actor: string, problem: string): void {
    this.audit.note({ actor, action: 'fault.create', subject: fault.id, outcome: 'failed', details: { ...describe(fault), problem } });
  }

  noteRevert(fault: FaultRow, actor: string): void {
    this.audit.note({ actor, action: 'fault.revert', subject: fault.id, outcome: 'done', details: describe(fault) });
  }

  /** For each plan, in their order, whether it was added. */
  private async insert(transaction: Transaction, plans: readonly Plan[]): Promise<boolean[]> {
    const added = await this.store.plan(transaction, plans.map(firstStep));
    await this.audit.recordIn(transaction, ...plans.filter(({ fault }) => added.has(fault.id)).map(creation));
    return plans.map(({ fault }) => added.has(fault.id));
  }

  /** Whoever held a lock before may be over in memory, with its end still on the way to disk. */
  private async freed(faults: readonly FaultRow[]): Promise<void> {
    if (!faults.some(({ lockKey }) => this.table.isStale(lockKey))) return;
    if (!(await this.writes.drained(WRITES_WAIT_MS))) throw new AppError('DATABASE_UNAVAILABLE');
  }

  private async conflict(fault: FaultRow): Promise<AppError> {
    const holder = await this.store.exclusiveOn(fault.lockKey);
    return new AppError('FAULT_CONFLICT', { faultId: holder?.id ?? 'that has just ended', target: targetLabel(fault.target) });
  }
}

function firstStep({ fault, actor }: Plan): FaultStep {
  const { id, lastSeq, createdAt, state } = fault;
  return { fault, event: { faultId: id, seq: lastSeq, at: createdAt, state, change: { type: 'planned', by: actor } } };
}

function creation({ fault, actor }: Plan): AuditEntry {
  return { actor, action: 'fault.create', subject: fault.id, outcome: 'done', details: describe(fault) };
}

function describe({ target, spec, durationMs, agent, groupId }: FaultRow): Record<string, unknown> {
  return { target: targetLabel(target), kind: spec.kind, effect: summarizeFault(spec), durationMs, agent, ...(groupId !== null && { groupId }) };
}
