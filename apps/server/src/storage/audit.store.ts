import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { AuditRowView } from '#contracts';
import { canonicalJson, hashAuditRow, storableText, type ChainedRow } from './audit-chain.js';
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

// One statement for any number of rows: every other writer waits for the head until the commit. Nothing happens when the head is another than $4 and $5.
const APPEND = `
  WITH head AS (UPDATE audit_head SET last_id = $2, hash = $3 WHERE only_row = 1 AND last_id = $4 AND hash = $5 RETURNING only_row)
  INSERT INTO audit_row (id, at, actor, action, subject, outcome, details, previous_hash, hash)
  SELECT id, at, actor, action, subject, outcome, details, "previousHash", hash
  FROM jsonb_to_recordset($1::jsonb) AS r (id bigint, at timestamptz, actor text, action text, subject text, outcome text, details text, "previousHash" text, hash text)
  WHERE EXISTS (SELECT 1 FROM head)
  RETURNING id`;

@Injectable()
export class AuditStore {
  /** As this process left it, or would have if its transaction had been committed. */
  private lastHead: AuditHead | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Appends rows in their order, at least one. The lock on the head makes writers take turns, so every row has exactly one successor. Where this
   * process wrote last, it knows the head and need not ask; the statement itself sees whether it is still that one.
   */
  async append(transaction: Transaction, entries: readonly AuditEntry[], at: Date): Promise<void> {
    if (this.lastHead !== null && (await this.appendTo(this.lastHead, transaction, entries, at))) return;
    const [head] = await transaction.query<AuditHead[]>('SELECT last_id, hash FROM audit_head WHERE only_row = 1 FOR UPDATE');
    if (head === undefined || !(await this.appendTo(head, transaction, entries, at))) throw new Error('The head of the audit chain is missing.');
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

  /** False when the head is another by now; nothing is appended then. */
  private async appendTo(head: AuditHead, transaction: Transaction, entries: readonly AuditEntry[], at: Date): Promise<boolean> {
    const rows = chainOn(head, entries, at);
    const { id, hash } = rows.at(-1)!;
    const appended = await transaction.query<unknown[]>(APPEND, [JSON.stringify(rows), id, hash, head.last_id, head.hash]);
    this.lastHead = { last_id: id, hash };
    return appended.length > 0;
  }
}

function chainOn(head: AuditHead, entries: readonly AuditEntry[], at: Date): (ChainedRow & { hash: string })[] {
  const rows: (ChainedRow & { hash: string })[] = [];
  for (const entry of entries) {
    const row = {
      id: String(BigInt(rows.at(-1)?.id ?? head.last_id) + 1n),
      at: at.toISOString(),
      actor: storableText(entry.actor),
      action: storableText(entry.action),
      subject: storableText(entry.subject),
      outcome: entry.outcome,
      details: canonicalJson(entry.details),
      previousHash: rows.at(-1)?.hash ?? head.hash,
    };
    rows.push({ ...row, hash: hashAuditRow(row) });
  }
  return rows;
}
