import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { AuditRowView } from '#contracts';
import { canonicalJson, hashAuditRow, storableText } from './audit-chain.js';
import { AuditRowEntity } from './audit-row.entity.js';
import type { Transaction } from './unit-of-work.js';

export interface AuditEntry {
  /** Who: `actorOf(principal)`, an agent's name, or the address of somebody unknown. */
  readonly actor: string;
  /** What, as `noun.verb`: `fault.create`, `session.start`. */
  readonly action: string;
  /** To what: an id or a name. */
  readonly subject: string;
  readonly outcome: AuditRowView['outcome'];
  /** Anything JSON. Never a secret. */
  readonly details: unknown;
}

interface AuditHead {
  readonly last_id: string;
  readonly hash: string;
}

@Injectable()
export class AuditStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Appends one row. The lock on the head makes writers take turns, so every row has exactly one successor. */
  async append(transaction: Transaction, entry: AuditEntry, at: Date): Promise<void> {
    const [head] = await transaction.query<AuditHead[]>('SELECT last_id, hash FROM audit_head WHERE only_row = 1 FOR UPDATE');
    if (head === undefined) throw new Error('The head of the audit chain is missing.');
    const row = {
      id: String(BigInt(head.last_id) + 1n),
      at: at.toISOString(),
      actor: storableText(entry.actor),
      action: storableText(entry.action),
      subject: storableText(entry.subject),
      outcome: entry.outcome,
      details: canonicalJson(entry.details),
      previousHash: head.hash,
    };
    const hash = hashAuditRow(row);
    await transaction.insert(AuditRowEntity, { ...row, at, hash });
    await transaction.query('UPDATE audit_head SET last_id = $1, hash = $2 WHERE only_row = 1', [row.id, hash]);
  }

  /** Newest first. */
  async list(page: { before: string | null; limit: number }): Promise<AuditRowView[]> {
    const rows = await this.dataSource.manager.find(AuditRowEntity, {
      where: page.before === null ? {} : { id: LessThan(page.before) },
      order: { id: 'DESC' },
      take: page.limit,
    });
    return rows.map((row) => ({ ...row, at: row.at.toISOString(), details: JSON.parse(row.details) as unknown }));
  }
}
