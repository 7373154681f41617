import { Button, TextInput } from '@mantine/core';
import { useClipboard, useDebouncedCallback } from '@mantine/hooks';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { QuietNote } from '../action/quiet-note.js';
import { formatCount } from '../format/number.js';
import type { TableSort } from './explore-view.js';
import { LabelChips } from './label-chips.js';
import classes from './result-table.module.css';
import type { TableRow } from './table-rows.js';
import { rowsText, shownRows, tableRows } from './table-rows.js';
import { localText } from './time-range.js';
import { TableValueCell } from './table-value.js';
import type { VisibleAnswer } from './visible-answers.js';

interface ResultTableProps {
  readonly answers: readonly VisibleAnswer[];
  readonly filter: string;
  readonly sort: TableSort | null;
  readonly onFilter: (filter: string) => void;
  readonly onSort: (sort: TableSort | null) => void;
}

// The address follows when typing pauses.
const ADDRESS_AFTER_MS = 300;

/** The values at the end of the range, one row a series. */
export function ResultTable({ answers, filter, sort, onFilter, onSort }: ResultTableProps) {
  const [typed, setTyped] = useState(filter);
  const remember = useDebouncedCallback(onFilter, ADDRESS_AFTER_MS);
  const { copy, copied } = useClipboard();
  // Naming and filtering ten thousand series must not hold up the next letter.
  const words = useDeferredValue(typed);
  const all = useMemo(() => answers.map(({ id, letter, answered }) => ({ id, letter, endSec: answered.request.endSec, rows: tableRows(answered.answer.data) })), [answers]);
  const tables = useMemo(() => all.map((table) => ({ ...table, total: table.rows.length, rows: shownRows(table.rows, { filter: words, sort }) })), [all, words, sort]);
  if (tables.every(({ total }) => total === 0)) return <QuietNote title="No series match">There is nothing of that name at this time. Look it up under Metrics, or choose another time.</QuietNote>;
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className={classes.filter}
          aria-label="Filter the series"
          placeholder="Filter by name and labels"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            remember(event.currentTarget.value);
          }}
        />
        <Button variant="default" onClick={() => copy(tables.map(({ rows }) => rowsText(rows)).join('\n'))} aria-live="polite">
          {copied ? 'Copied' : 'Copy as text'}
        </Button>
      </div>
      {tables.map((table) => (
        <Rows key={table.id} {...table} letter={tables.length > 1 ? table.letter : ''} sort={sort} onSort={onSort} />
      ))}
    </>
  );
}

interface RowsProps {
  readonly letter: string;
  readonly total: number;
  readonly endSec: number;
  readonly rows: readonly TableRow[];
  readonly sort: TableSort | null;
  readonly onSort: (sort: TableSort | null) => void;
}

const PAGE_ROWS = 200;

const Rows = memo(function Rows({ letter, total, endSec, rows, sort, onSort }: RowsProps) {
  const [limit, setLimit] = useState(PAGE_ROWS);
  const count = rows.length === total ? `${formatCount(total)} series` : `${formatCount(rows.length)} of ${formatCount(total)} series`;
  return (
    <section className={classes.section}>
      <p className={classes.when}>
        {letter !== '' && <strong>{letter}</strong>} {count} at {localText(endSec)}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <SortHead by="series" name="Series" sort={sort} onSort={onSort} />
            <SortHead by="value" name="Value" sort={sort} onSort={onSort} />
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <LabelChips labels={row.labels} />
              </th>
              <TableValueCell value={row.value} metric={row.labels.__name__ ?? ''} />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > limit && (
        <Button variant="default" size="sm" className={classes.more} onClick={() => setLimit(limit + PAGE_ROWS * 5)}>
          Show more of the other {formatCount(rows.length - limit)}
        </Button>
      )}
    </section>
  );
});

interface SortHeadProps {
  readonly by: TableSort['by'];
  readonly name: string;
  readonly sort: TableSort | null;
  readonly onSort: (sort: TableSort | null) => void;
}

/** The order goes round: the useful direction first, then the other, then the server's own. */
function SortHead({ by, name, sort, onSort }: SortHeadProps) {
  const firstDescending = by === 'value';
  const now = sort?.by === by ? sort : null;
  const next = now === null ? { by, descending: firstDescending } : now.descending === firstDescending ? { by, descending: !firstDescending } : null;
  return (
    <th scope="col" aria-sort={now === null ? 'none' : now.descending ? 'descending' : 'ascending'} data-by={by}>
      <button type="button" className={classes.sort} onClick={() => onSort(next)}>
        {name} <span aria-hidden="true">{now === null ? '' : now.descending ? '↓' : '↑'}</span>
      </button>
    </th>
  );
}
