import { Injectable } from '@nestjs/common';
import { DataSource, Not, type FindOptionsWhere } from 'typeorm';
import type { FaultEventEntity } from './fault-event.entity.js';
import { FaultEntity } from './fault.entity.js';
import { storableJson } from './storable-json.js';
import type { Transaction } from './unit-of-work.js';

/** A fault as kept. */
export type FaultRow = Readonly<FaultEntity>;
export type FaultEventRow = Readonly<FaultEventEntity>;

/** A fault and the row of its journal that led to it. */
export interface FaultStep {
  readonly fault: FaultRow;
  readonly event: FaultEventRow;
}

const WHERE: Readonly<Record<'live' | 'ended' | 'all', FindOptionsWhere<FaultEntity>>> = {
  live: { state: Not('reverted') },
  ended: { state: 'reverted' },
  all: {},
};

const EVENT_COLUMNS = '"faultId" uuid, seq integer, at timestamptz, state text, change jsonb';

// One statement for any number: a round trip for each would be the longest part of starting a fault. A lock that is taken leaves its fault out.
const PLAN = `
  WITH planned AS (
    INSERT INTO fault (id, spec, target, lock_key, overlap, group_id, duration_ms, state, agent, created_by, created_at, last_seq)
    SELECT id, spec, target, "lockKey", overlap, "groupId", "durationMs", state, agent, "createdBy", "createdAt", "lastSeq"
    FROM jsonb_to_recordset($1::jsonb) AS f (id uuid, spec jsonb, target jsonb, "lockKey" text, overlap text, "groupId" uuid, "durationMs" integer,
      state text, agent text, "createdBy" text, "createdAt" timestamptz, "lastSeq" integer)
    -- Always in this order, so that two servers that plan the same targets at once do not wait for each other.
    ORDER BY "lockKey"
    ON CONFLICT DO NOTHING RETURNING id
  ), journalled AS (
    INSERT INTO fault_event (fault_id, seq, at, state, change)
    SELECT "faultId", seq, at, state, change FROM jsonb_to_recordset($2::jsonb) AS e (${EVENT_COLUMNS}) WHERE "faultId" IN (SELECT id FROM planned)
  )
  SELECT id FROM planned`;

const APPEND = `
  WITH journalled AS (
    INSERT INTO fault_event (fault_id, seq, at, state, change)
    SELECT "faultId", seq, at, state, change FROM jsonb_to_recordset($1::jsonb) AS e (${EVENT_COLUMNS}) ON CONFLICT DO NOTHING
  )
  UPDATE fault SET state = f.state, applied_at = f."appliedAt", ends_at = f."endsAt", ended_at = f."endedAt", reverted_at = f."revertedAt",
    end_reason = f."endReason", problem = f.problem, proof = f.proof, last_seq = f."lastSeq"
  FROM jsonb_to_recordset($2::jsonb) AS f (id uuid, state text, "appliedAt" timestamptz, "endsAt" timestamptz, "endedAt" timestamptz,
    "revertedAt" timestamptz, "endReason" text, problem text, proof jsonb, "lastSeq" integer)
  WHERE fault.id = f.id AND fault.last_seq < f."lastSeq"`;

@Injectable()
export class FaultsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds planned faults, each with its first journal row; gives the ids of those that were added. Missing are those whose lock a live fault holds. */
  async plan(transaction: Transaction, steps: readonly FaultStep[]): Promise<ReadonlySet<string>> {
    const rows = await transaction.query<{ id: string }[]>(PLAN, [storableJson(steps.map(({ fault }) => fault)), storableJson(steps.map(({ event }) => event))]);
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Appends journal rows and brings the faults to them, in one statement. Doing it again changes nothing, so a write whose COMMIT was
   * lost with its connection can simply be repeated.
   */
  async append(steps: readonly FaultStep[]): Promise<void> {
    // Of several steps of one fault the last one tells how it is now.
    const newest = new Map(steps.map(({ fault }) => [fault.id, fault]));
    await this.dataSource.manager.query(APPEND, [storableJson(steps.map(({ event }) => event)), storableJson([...newest.values()])]);
  }

  find(id: string): Promise<FaultRow | null> {
    return this.dataSource.manager.findOneBy(FaultEntity, { id });
  }

  /** The fault that holds the lock against others; null when none does. */
  exclusiveOn(lockKey: string): Promise<FaultRow | null> {
    return this.dataSource.manager.findOneBy(FaultEntity, { lockKey, overlap: 'refuse', state: Not('reverted') });
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
