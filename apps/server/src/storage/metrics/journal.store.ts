import type { Pool } from 'pg';
import { partitionName, partitionValues } from './partitions.js';

/** Another server has become the writer. What this one still wants to write must not be: its successor has read the journal already. */
export class WriterReplacedError extends Error {
  override readonly name = 'WriterReplacedError';
  constructor() {
    super('Another server has taken over writing metrics.');
  }
}

export interface JournalRow {
  readonly seq: number;
  readonly data: Uint8Array;
}

// Of about half a megabyte each.
const ROWS_A_READ = 16;

/** What was acknowledged and is in no block yet: blobs in the order in which they were committed, a partition for each part. */
export class JournalStore {
  constructor(private readonly pool: Pool) {}

  /** Ascending. */
  parts(): Promise<number[]> {
    return partitionValues(this.pool, 'metric_journal');
  }

  async openPart(part: number): Promise<void> {
    await this.pool.query(`CREATE TABLE IF NOT EXISTS ${partitionName('metric_journal', part)} PARTITION OF metric_journal FOR VALUES IN (${part})`);
  }

  /** Resolves after the commit. A row that is there already stays: the same row may be sent again when its commit's answer was lost. Throws WriterReplacedError. */
  async append(epoch: number, part: number, row: { readonly seq: number; readonly samples: number; readonly data: Uint8Array }): Promise<void> {
    const { rowCount } = await this.pool.query({
      name: 'append-metric-journal',
      text: `WITH writer AS (SELECT epoch FROM metric_writer WHERE epoch = $1 FOR KEY SHARE),
             written AS (INSERT INTO metric_journal (part, seq, samples, data) SELECT $2::integer, $3::integer, $4::integer, $5::bytea FROM writer ON CONFLICT DO NOTHING)
             SELECT epoch FROM writer`,
      values: [epoch, part, row.seq, row.samples, row.data],
    });
    if (rowCount !== 1) throw new WriterReplacedError();
  }

  /** In the order of their commits. */
  async *rows(part: number): AsyncGenerator<JournalRow> {
    for (let after = -1; ; ) {
      const { rows } = await this.pool.query<JournalRow>('SELECT seq, data FROM metric_journal WHERE part = $1 AND seq > $2 ORDER BY seq LIMIT $3', [part, after, ROWS_A_READ]);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.seq;
    }
  }
}
