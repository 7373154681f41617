import type { ReactNode } from 'react';
import classes from './page.module.css';

interface RecordTableProps {
  readonly columns: readonly string[];
  /** A last column for what can be done with a row. */
  readonly actions?: boolean;
  /** The rows, as `tr`. */
  readonly children: ReactNode;
}

/** A table of records: named columns, one row a record. */
export function RecordTable({ columns, actions = false, children }: RecordTableProps) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          {actions && (
            <th scope="col" className={classes.actions}>
              Action
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
