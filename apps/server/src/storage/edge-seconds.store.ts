import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { sqlState } from './database-failure.js';
import { EDGE_SECOND_COLUMNS, type EdgeSecondRow } from './edge-second-row.js';
import { PG_POOL } from './open-database.js';

/**
 * One statement of arrays instead of COPY into a staging table: it is atomic by itself, needs one round trip and writes each row once. Measured on
 * two cores, milliseconds a batch, arrays against COPY: 0.9 / 3.0 for 30 rows, 13 / 17 for 1,000, 398 / 276 for 20,000. Hence pieces of 1,000.
 */
const ROWS_A_STATEMENT = 1_000;

const INSERT = `INSERT INTO edge_second (${EDGE_SECOND_COLUMNS.map((column) => column.name).join(', ')})
  SELECT * FROM unnest(${EDGE_SECOND_COLUMNS.map((column, i) => `$${i + 1}::${column.type}[]`).join(', ')}) ON CONFLICT DO NOTHING`;

const SECONDS_A_DAY = 86_400;
// Two servers that create the same partition at once: the loser gets one of these, and the partition is there.
const ALREADY_CREATED = new Set(['23505', '42P07']);
const PARTITION_NAME = /^edge_second_d(\d+)$/;

interface StoredSecond {
  readonly edge_id: number;
  readonly sec: string;
  readonly ok: string;
  readonly client_error: string;
  readonly server_error: string;
  readonly no_response: string;
  readonly faulted: string;
  readonly latency: Buffer;
}

/** What is read back of one edge and second; several of one second come from several starts of agents. */
export type RecordedSecond = Pick<EdgeSecondRow, 'edgeId' | 'sec' | 'outcomes' | 'faulted' | 'latency'>;

@Injectable()
export class EdgeSecondsStore {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /** Resolves when all rows are committed. Rows that are there already stay as they are, so a batch may be repeated, in part or whole. */
  async append(rows: readonly EdgeSecondRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      const part = rows.slice(from, from + ROWS_A_STATEMENT);
      await this.pool.query({ name: 'append-edge-seconds', text: INSERT, values: EDGE_SECOND_COLUMNS.map(({ of }) => part.map(of)) });
    }
  }

  /** All of the given edges from `fromSec` to before `toSec`, in no particular order. */
  async read(range: { edgeIds: readonly number[]; fromSec: number; toSec: number }): Promise<RecordedSecond[]> {
    const { rows } = await this.pool.query<StoredSecond>(
      `SELECT edge_id, sec, ok, client_error, server_error, no_response, faulted, latency
       FROM edge_second WHERE edge_id = ANY($1::integer[]) AND sec >= $2 AND sec < $3`,
      [range.edgeIds, range.fromSec, range.toSec],
    );
    return rows.map(toRecordedSecond);
  }

  /** The number that stands for one start of an agent's process. */
  async bootNumber(agent: string, bootId: string): Promise<number> {
    await this.pool.query('INSERT INTO agent_boot (agent, boot_id) VALUES ($1, $2) ON CONFLICT (boot_id) DO NOTHING', [agent, bootId]);
    const { rows } = await this.pool.query<{ id: number }>('SELECT id FROM agent_boot WHERE boot_id = $1', [bootId]);
    const found = rows[0];
    if (found === undefined) throw new Error(`The start ${bootId} of the agent ${agent} was recorded and is not there.`);
    return found.id;
  }

  /** Makes the partition of the UTC day that contains `sec`, if it is not there. */
  async ensurePartition(sec: number): Promise<void> {
    const day = Math.floor(sec / SECONDS_A_DAY);
    const bounds = `FROM (${day * SECONDS_A_DAY}) TO (${(day + 1) * SECONDS_A_DAY})`;
    try {
      await this.pool.query(`CREATE TABLE IF NOT EXISTS edge_second_d${day} PARTITION OF edge_second FOR VALUES ${bounds}`);
    } catch (error) {
      if (!ALREADY_CREATED.has(sqlState(error) ?? '')) throw error;
    }
  }

  /** Drops every day that ended before `sec`; gives how many. */
  async dropBefore(sec: number): Promise<number> {
    const { rows } = await this.pool.query<{ name: string }>(
      `SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = 'edge_second'::regclass`,
    );
    const old = rows.filter(({ name }) => (dayOf(name) + 1) * SECONDS_A_DAY <= sec);
    for (const { name } of old) await this.pool.query(`DROP TABLE IF EXISTS ${name}`);
    return old.length;
  }
}

// A partition that somebody else named is not ours to drop.
function dayOf(partition: string): number {
  return Number(PARTITION_NAME.exec(partition)?.[1] ?? Number.POSITIVE_INFINITY);
}

function toRecordedSecond(row: StoredSecond): RecordedSecond {
  return {
    edgeId: row.edge_id,
    sec: Number(row.sec),
    outcomes: { ok: Number(row.ok), clientError: Number(row.client_error), serverError: Number(row.server_error), noResponse: Number(row.no_response) },
    faulted: Number(row.faulted),
    latency: row.latency,
  };
}
