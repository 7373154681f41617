import type { Pool } from 'pg';

/** One server at a time writes metrics. Each time the writer changes, the epoch rises, and what an earlier writer still sends is refused. */
export class WriterLeaseStore {
  constructor(
    private readonly pool: Pool,
    private readonly holder: string,
  ) {}

  /** The new epoch, or null while another server holds the lease. Waits for journal rows that the former writer is committing. */
  async take(leaseMs: number): Promise<number | null> {
    const { rows } = await this.pool.query<{ epoch: string }>(
      `UPDATE metric_writer SET epoch = epoch + 1, holder = $1, leased_until = now() + $2 * interval '1 millisecond'
       WHERE leased_until < now() OR holder = $1 RETURNING epoch`,
      [this.holder, leaseMs],
    );
    return rows[0] === undefined ? null : Number(rows[0].epoch);
  }

  /** False when another writer has taken over. */
  async renew(epoch: number, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(`UPDATE metric_writer SET leased_until = now() + $2 * interval '1 millisecond' WHERE epoch = $1`, [epoch, leaseMs]);
    return rowCount === 1;
  }

  /** So that the next server need not wait for the lease to end. */
  async release(epoch: number): Promise<void> {
    await this.pool.query(`UPDATE metric_writer SET leased_until = '-infinity' WHERE epoch = $1`, [epoch]);
  }
}
