import type { KeyboardEvent } from 'react';
import { useCallback, useState } from 'react';
import type { TableRow } from './table-rows.js';

export function rowKey(row: TableRow): string {
  return row.kind === 'edge' ? `edge-${row.id}` : `region-${row.region}`;
}

interface RowActions {
  readonly onEnter: (row: TableRow) => void;
  readonly onOpen: (region: number, open: boolean) => void;
}

/** The keys of a tree grid (WAI-ARIA): one row in the tab order, arrows between rows and levels, Enter to act. */
export function useRowKeys(rows: readonly TableRow[], { onEnter, onOpen }: RowActions) {
  const [active, setActive] = useState<string | null>(null);
  const activeKey = rows.some((row) => rowKey(row) === active) ? active : rows[0] === undefined ? null : rowKey(rows[0]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const index = rows.findIndex((row) => rowKey(row) === activeKey);
      const row = rows[index];
      if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = nextIndex(event.key, index, rows);
      if (next !== null) {
        event.preventDefault();
        focusRow(event.currentTarget, rows[next]);
        return;
      }
      // A column's button has its own Enter.
      if (!(event.target instanceof HTMLTableRowElement)) return;
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        onEnter(row);
      } else if (row.kind === 'region' && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
        event.preventDefault();
        onOpen(row.region, event.key === 'ArrowRight');
      }
    },
    [rows, activeKey, onEnter, onOpen],
  );
  return { activeKey, setActive, onKeyDown };
}

/** Where a key leads from row `index`; null when it leads nowhere. Exported for its test. */
export function nextIndex(key: string, index: number, rows: readonly TableRow[]): number | null {
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft':
      return rows[index]?.kind === 'edge' ? rows.findLastIndex((row, i) => i < index && row.kind === 'region') : null;
    default:
      return null;
  }
}

function focusRow(grid: HTMLElement, row: TableRow | undefined): void {
  if (row !== undefined) grid.querySelector<HTMLElement>(`[data-row="${rowKey(row)}"]`)?.focus();
}
