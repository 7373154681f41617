import { memo } from 'react';
import classes from './edge-table.module.css';
import type { TableRow } from './table-rows.js';

interface RegionRowProps {
  readonly row: Extract<TableRow, { kind: 'region' }>;
  readonly rowId: string;
  readonly active: boolean;
  readonly onToggle: (region: number, open: boolean) => void;
  readonly onFocus: (rowId: string) => void;
}

export const RegionRow = memo(function RegionRow({ row, rowId, active, onToggle, onFocus }: RegionRowProps) {
  return (
    <tr data-row={rowId} tabIndex={active ? 0 : -1} aria-level={1} aria-expanded={row.open} className={classes.region} onFocus={() => onFocus(rowId)} onClick={() => onToggle(row.region, !row.open)}>
      <th scope="row" colSpan={8}>
        <span className={classes.arrow} data-open={row.open || undefined} aria-hidden="true" />
        {row.city} <span className={classes.count}>{row.edges === 1 ? '1 edge' : `${row.edges} edges`}</span>
      </th>
    </tr>
  );
});
