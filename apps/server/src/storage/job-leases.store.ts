import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { PG_POOL } from './open-database.js';

/** Work that one of several servers does: a row says who, and until when. Time is the database's, so that servers with different clocks agree. */
@Injectable()
export class JobLeasesStore {
  private readonly holder = randomUUID();

  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /** True when this server holds the job for `leaseMs` from now on. */
  async acquire(job: string, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `INSERT INTO job_lease (job, holder, leased_until) VALUES ($1, $2, now() + $3 * interval '1 millisecond')
       ON CONFLICT (job) DO UPDATE SET holder = EXCLUDED.holder, leased_until = EXCLUDED.leased_until
       WHERE job_lease.leased_until < now() OR job_lease.holder = EXCLUDED.holder`,
      [job, this.holder, leaseMs],
    );
    return rowCount === 1;
  }
}
