import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { sqlState } from './database-failure.js';

/** An open transaction. Services pass it on to stores and know nothing else about it. */
export type Transaction = EntityManager;

// Serialization failure and deadlock: the database undid the transaction because of another one, and asks to try again.
const TRY_AGAIN = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/** Lets a service make one transaction of calls to several stores: a change and its audit row commit together or not at all. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in a transaction. It may run more than once, so it must do nothing but use the transaction. */
  async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !TRY_AGAIN.has(sqlState(error) ?? '')) throw error;
      }
    }
  }
}
