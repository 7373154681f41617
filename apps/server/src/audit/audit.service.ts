import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { AuditRowView } from '#contracts';
import { findBrokenLink } from '../storage/audit-chain.js';
import { AuditStore, type AuditEntry } from '../storage/audit.store.js';
import { UnitOfWork, type Transaction } from '../storage/unit-of-work.js';
import { WriteBatch } from '../storage/write-batch.js';
import { WriteBehind } from '../storage/write-behind.js';

// The newest rows are the ones worth forging, and reading this many does not slow a start down; a full check is a read of all pages.
const CHECKED_AT_START = 1_000;

/**
 * The append-only record of everything that changes the world. The rule: a change whose audit row cannot be written does not happen.
 * - A change in Postgres takes `recordIn` with its own transaction, so both commit or neither does.
 * - What nothing may hold up (a stop) or has happened elsewhere already is told by `note`, and recorded right after.
 * - A change elsewhere (an agent, a file) awaits `record` BEFORE it acts, and adds a second row with the outcome `failed` if it then fails.
 */
@Injectable()
export class AuditService implements OnApplicationBootstrap {
  private readonly log = new Logger('Audit');
  private readonly notes: WriteBatch<AuditEntry>;

  constructor(
    private readonly store: AuditStore,
    private readonly work: UnitOfWork,
    writes: WriteBehind,
  ) {
    this.notes = new WriteBatch(writes, { what: 'the audit', write: (entries) => this.work.run((transaction) => this.recordIn(transaction, ...entries)) });
  }

  async onApplicationBootstrap(): Promise<void> {
    const newestFirst = await this.store.list({ before: null, limit: CHECKED_AT_START });
    const broken = findBrokenLink(newestFirst.reverse());
    if (broken !== null) this.log.error(`The audit was changed past Faultline: row ${broken} does not follow from the one before it.`);
  }

  /** Commits one row. Rejects when it cannot; the caller must then not act. */
  async record(entry: AuditEntry): Promise<void> {
    await this.work.run((transaction) => this.recordIn(transaction, entry));
  }

  /** Adds rows to a transaction. Call it last: it holds the head of the chain, and so every other writer, until the commit. */
  async recordIn(transaction: Transaction, ...entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0) await this.store.append(transaction, entries, new Date());
  }

  /** Commits a row as soon as the database takes it, about what has happened already. */
  note(entry: AuditEntry): void {
    this.notes.add(entry);
  }

  /** Newest first; `before` is the id of the oldest row of the page before. */
  list(page: { before: string | null; limit: number }): Promise<AuditRowView[]> {
    return this.store.list(page);
  }
}
