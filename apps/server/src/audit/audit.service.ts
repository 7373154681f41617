import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { AuditRowView } from '#contracts';
import { findBrokenLink } from '../storage/audit-chain.js';
import { AuditStore, type AuditEntry } from '../storage/audit.store.js';
import { UnitOfWork, type Transaction } from '../storage/unit-of-work.js';

// The newest rows are the ones worth forging, and reading this many does not slow a start down; a full check is a read of all pages.
const CHECKED_AT_START = 1_000;

/**
 * The append-only record of everything that changes the world. The rule: a change whose audit row cannot be written does not happen.
 * - A change in Postgres takes `recordIn` with its own transaction, so both commit or neither does.
 * - A change elsewhere (an agent, a file) awaits `record` BEFORE it acts, and adds a second row with the outcome `failed` if it then fails.
 */
@Injectable()
export class AuditService implements OnApplicationBootstrap {
  private readonly log = new Logger('Audit');

  constructor(
    private readonly store: AuditStore,
    private readonly work: UnitOfWork,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const newestFirst = await this.store.list({ before: null, limit: CHECKED_AT_START });
    const broken = findBrokenLink(newestFirst.reverse());
    if (broken !== null) this.log.error(`The audit was changed past Faultline: row ${broken} does not follow from the one before it.`);
  }

  /** Commits one row. Rejects when it cannot; the caller must then not act. */
  async record(entry: AuditEntry): Promise<void> {
    await this.work.run((transaction) => this.recordIn(transaction, entry));
  }

  /** Adds one row to a transaction. Call it last: it holds the head of the chain, and so every other writer, until the commit. */
  async recordIn(transaction: Transaction, entry: AuditEntry): Promise<void> {
    await this.store.append(transaction, entry, new Date());
  }

  /** Newest first; `before` is the id of the oldest row of the page before. */
  list(page: { before: string | null; limit: number }): Promise<AuditRowView[]> {
    return this.store.list(page);
  }
}
