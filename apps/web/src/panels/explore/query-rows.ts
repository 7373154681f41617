import type { ViewedQuery } from './explore-view.js';

/** A query as it stands in its editor. */
export interface QueryRow {
  /** Stays the same for as long as the row is there. */
  readonly id: number;
  readonly text: string;
  readonly hidden: boolean;
  /** What of it was run last; null before that, and for nothing. */
  readonly ran: string | null;
}

/** The rows of these queries as they are run; an empty one to begin with where there is none. `firstId`: none of the rows before had it or a greater one. */
export function rowsOf(queries: readonly ViewedQuery[], firstId: number): readonly QueryRow[] {
  if (queries.length === 0) return [emptyRow(firstId)];
  return queries.map(({ text, hidden }, i) => ({ id: firstId + i, text, hidden, ran: text }));
}

export function withEmptyRow(rows: readonly QueryRow[]): readonly QueryRow[] {
  return [...rows, emptyRow(freeId(rows))];
}

export function withoutRow(rows: readonly QueryRow[], id: number): readonly QueryRow[] {
  const left = rows.filter((row) => row.id !== id);
  return left.length === 0 ? [emptyRow(freeId(rows))] : left;
}

export function withRow(rows: readonly QueryRow[], id: number, change: Partial<Pick<QueryRow, 'text' | 'hidden'>>): readonly QueryRow[] {
  return rows.map((row) => (row.id === id ? { ...row, ...change } : row));
}

/** All of them as they now stand in their editors. */
export function runRows(rows: readonly QueryRow[]): readonly QueryRow[] {
  return rows.map((row) => ({ ...row, ran: row.text.trim() === '' ? null : row.text }));
}

export function ranQueries(rows: readonly QueryRow[]): readonly ViewedQuery[] {
  return rows.flatMap(({ ran, hidden }) => (ran === null ? [] : [{ text: ran, hidden }]));
}

export function freeId(rows: readonly QueryRow[]): number {
  return Math.max(0, ...rows.map(({ id }) => id)) + 1;
}

/** `A`, `B`, ... */
export function rowLetter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function emptyRow(id: number): QueryRow {
  return { id, text: '', hidden: false, ran: null };
}
