import classes from './edge-table.module.css';
import type { SortKey, TableSort } from './table-rows.js';

const COLUMNS: readonly { readonly key: SortKey; readonly title: string; readonly numeric: boolean }[] = [
  { key: 'name', title: 'Edge', numeric: false },
  { key: 'protocol', title: 'Protocol', numeric: false },
  { key: 'rate', title: 'Requests', numeric: true },
  { key: 'failures', title: 'Failures', numeric: true },
  { key: 'p50', title: 'p50', numeric: true },
  { key: 'p95', title: 'p95', numeric: true },
  { key: 'p99', title: 'p99', numeric: true },
];

interface ColumnHeadsProps {
  readonly sort: TableSort;
  readonly onSort: (key: SortKey) => void;
}

export function ColumnHeads({ sort, onSort }: ColumnHeadsProps) {
  return (
    <thead>
      <tr>
        {COLUMNS.map(({ key, title, numeric }) => (
          <th key={key} scope="col" aria-sort={sort.key === key ? (sort.descending ? 'descending' : 'ascending') : 'none'} className={numeric ? classes.number : undefined}>
            <button type="button" className={classes.sort} data-numeric={numeric || undefined} onClick={() => onSort(key)}>
              {title}
              <span aria-hidden="true" className={classes.direction}>
                {sort.key === key ? (sort.descending ? '↓' : '↑') : ''}
              </span>
            </button>
          </th>
        ))}
        <th scope="col">
          <span className={classes.sort}>State</span>
        </th>
      </tr>
    </thead>
  );
}
