import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, Not, type FindOptionsWhere } from 'typeorm';
import { FaultEventEntity } from './fault-event.entity.js';
import { FaultEntity } from './fault.entity.js';
import { sqlState } from './database-failure.js';
import type { Transaction } from './unit-of-work.js';

/** A fault as kept. */
export type FaultRow = Readonly<FaultEntity>;
export type FaultEventRow = Readonly<FaultEventEntity>;

const UNIQUE_VIOLATION = '23505';

/** Another live fault holds the edge; the index of the database says so, whichever server it came through. */
export class EdgeTakenError extends Error {
  override readonly name = 'EdgeTakenError';
  constructor(options: ErrorOptions) {
    super('Another live fault holds the edge.', options);
  }
}

const WHERE: Readonly<Record<'live' | 'ended' | 'all', FindOptionsWhere<FaultEntity>>> = {
  live: { state: Not('reverted') },
  ended: { state: 'reverted' },
  all: {},
};

@Injectable()
export class FaultsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds a planned fault with its first journal row. Throws EdgeTakenError, which ends the transaction, when a live fault holds the edge. */
  async plan(transaction: Transaction, fault: FaultRow, event: FaultEventRow): Promise<void> {
    try {
      await transaction.insert(FaultEntity, fault);
    } catch (cause) {
      throw sqlState(cause) === UNIQUE_VIOLATION ? new EdgeTakenError({ cause }) : cause;
    }
    await transaction.insert(FaultEventEntity, event);
  }

  /**
   * Appends one journal row and brings the fault to it, in one transaction. Doing it again changes nothing, so a write whose COMMIT was
   * lost with its connection can simply be repeated.
   */
  async append(fault: FaultRow, event: FaultEventRow): Promise<void> {
    await this.dataSource.transaction(async (transaction) => {
      await transaction.createQueryBuilder().insert().into(FaultEventEntity).values(event).orIgnore().execute();
      await transaction.update(FaultEntity, { id: fault.id, lastSeq: LessThan(fault.lastSeq) }, fault);
    });
  }

  find(id: string): Promise<FaultRow | null> {
    return this.dataSource.manager.findOneBy(FaultEntity, { id });
  }

  /** The fault that holds the edge; null when it is free. */
  liveOn(edgeKey: string): Promise<FaultRow | null> {
    return this.dataSource.manager.findOneBy(FaultEntity, { edgeKey, state: Not('reverted') });
  }

  /** Newest first. */
  list(query: { state: 'live' | 'ended' | 'all'; limit: number }): Promise<FaultRow[]> {
    return this.dataSource.manager.find(FaultEntity, { where: WHERE[query.state], order: { createdAt: 'DESC', id: 'ASC' }, take: query.limit });
  }

  /** Every fault that may still act, and those that ended by lease and that no agent has confirmed since. */
  listOpen(): Promise<FaultRow[]> {
    return this.dataSource.manager
      .createQueryBuilder(FaultEntity, 'fault')
      .where(`fault.state <> 'reverted' OR (fault.reverted_at IS NULL AND fault.end_reason = 'lease-expired')`)
      .getMany();
  }
}
