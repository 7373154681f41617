import { createHash } from 'node:crypto';
import type { AuditRowView } from '#contracts';

/** A row as the hash covers it: times as ISO 8601 with milliseconds, details as their canonical JSON text. */
export type ChainedRow = Omit<AuditRowView, 'hash' | 'details'> & { readonly details: string };

/** What precedes the first row. */
export const GENESIS_HASH = '0'.repeat(64);

const MAX_TEXT_LENGTH = 500;

/** SHA-256, in hex, over the canonical JSON of the row including the hash of the row before it. */
export function hashAuditRow(row: ChainedRow): string {
  const { id, at, actor, action, subject, outcome, details, previousHash } = row;
  return createHash('sha256').update(canonicalJson({ id, at, actor, action, subject, outcome, details, previousHash })).digest('hex');
}

/** JSON with the keys of every object in order, so equal values have equal text (the idea of RFC 8785). */
export function canonicalJson(value: unknown): string {
  const ordered = (_: string, part: unknown): unknown => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(value, ordered) ?? 'null';
}

/** Text that Postgres stores unchanged, so that the hash still fits when it is read back: no NUL, no lone surrogate, not endless. */
export function storableText(text: string, maxLength = MAX_TEXT_LENGTH): string {
  return Buffer.from(text.slice(0, maxLength), 'utf8').toString('utf8').replaceAll('\0', '\uFFFD');
}

/** The id of the first row, oldest first, that does not follow from the one before it; null when the chain holds. */
export function findBrokenLink(rows: readonly AuditRowView[]): string | null {
  let previous: AuditRowView | null = null;
  for (const row of rows) {
    const followsOn: boolean = previous === null || (row.previousHash === previous.hash && BigInt(row.id) === BigInt(previous.id) + 1n);
    if (!followsOn || hashAuditRow({ ...row, details: canonicalJson(row.details) }) !== row.hash) return row.id;
    previous = row;
  }
  return null;
}
