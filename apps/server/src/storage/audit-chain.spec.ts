import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditRowView } from '#contracts';
import { GENESIS_HASH, canonicalJson, findBrokenLink, hashAuditRow, storableText } from './audit-chain.js';

function chain(length: number): AuditRowView[] {
  const rows: AuditRowView[] = [];
  for (let i = 1; i <= length; i += 1) {
    const row = { id: String(i), at: '2026-01-01T00:00:00.000Z', actor: 'ada', action: 'fault.create', subject: `f${i}`, outcome: 'done' as const, previousHash: rows.at(-1)?.hash ?? GENESIS_HASH };
    rows.push({ ...row, details: { i }, hash: hashAuditRow({ ...row, details: canonicalJson({ i }) }) });
  }
  return rows;
}

describe('canonical JSON', () => {
  it('is the same for equal values however their keys are ordered', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }));
  });

  it('survives being stored and read', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(JSON.parse(canonicalJson(value))) === canonicalJson(value)));
  });

  it('has a text for what JSON has none for', () => {
    expect(canonicalJson(undefined)).toBe('null');
  });
});

describe('the audit chain', () => {
  it('holds as it was written, from any row on', () => {
    expect(findBrokenLink(chain(9))).toBeNull();
    expect(findBrokenLink(chain(9).slice(4))).toBeNull();
    expect(findBrokenLink([])).toBeNull();
  });

  it.each(['at', 'actor', 'action', 'subject', 'outcome', 'details', 'previousHash', 'hash'] as const)('shows a changed %s', (field) => {
    const rows = chain(9).map((row, i) => (i === 4 ? { ...row, [field]: 'changed' } : row));
    expect(findBrokenLink(rows)).toBe('5');
  });

  it('shows a row that is missing, and a changed one with a hash made to fit', () => {
    expect(findBrokenLink(chain(9).filter((row) => row.id !== '5'))).toBe('6');
    const forged = chain(9).map((row) => (row.id === '5' ? { ...row, actor: 'eve', hash: hashAuditRow({ ...row, actor: 'eve', details: canonicalJson(row.details) }) } : row));
    expect(findBrokenLink(forged)).toBe('6');
  });
});

describe('text for the audit', () => {
  it('has nothing that a database would change or refuse', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const stored = storableText(text);
        expect(stored).not.toContain('\0');
        expect(storableText(stored)).toBe(stored);
        expect(Buffer.from(stored, 'utf8').toString('utf8')).toBe(stored);
      }),
    );
    expect(storableText('\ud800x')).toBe('\ufffdx');
  });
});
