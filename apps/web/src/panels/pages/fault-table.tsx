import type { FaultView } from '#contracts';
import { FaultRow } from './fault-row.js';
import { RecordTable } from './record-table.js';

/** Faults that are over, newest first. */
export function FaultTable({ faults }: { readonly faults: readonly FaultView[] }) {
  return (
    <RecordTable columns={['Fault', 'Where', 'State', 'By', 'Started', 'Lasted']} actions>
      {faults.map((fault) => (
        <FaultRow key={fault.id} fault={fault} />
      ))}
    </RecordTable>
  );
}
