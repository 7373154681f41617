import type { FaultView } from '#contracts';
import { FaultRow } from './fault-row.js';
import classes from './page.module.css';

interface FaultTableProps {
  readonly faults: readonly FaultView[];
  readonly live?: boolean;
}

export function FaultTable({ faults, live = false }: FaultTableProps) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Fault</th>
          <th scope="col">Where</th>
          <th scope="col">State</th>
          <th scope="col">By</th>
          <th scope="col">Started</th>
          <th scope="col">{live ? 'Time left' : 'Lasted'}</th>
          <th scope="col" className={classes.actions}>
            Action
          </th>
        </tr>
      </thead>
      <tbody>
        {faults.map((fault) => (
          <FaultRow key={fault.id} fault={fault} />
        ))}
      </tbody>
    </table>
  );
}
