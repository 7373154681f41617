import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { PG_POOL } from './open-database.js';

@Injectable()
export class DatabaseHealthStore {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /** Resolves when the database answers a query. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }
}
