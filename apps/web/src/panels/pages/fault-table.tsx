import type { FaultView } from '#contracts';
import { FaultRow } from './fault-row.js';
import { RecordTable } from './record-table.js';

interface FaultTableProps {
  readonly faults: readonly FaultView[];
  readonly live?: boolean;
}

export function FaultTable({ faults, live = false }: FaultTableProps) {
  return (
    <RecordTable columns={['Fault', 'Where', 'State', 'By', 'Started', live ? 'Time left' : 'Lasted']} actions>
      {faults.map((fault) => (
        <FaultRow key={fault.id} fault={fault} />
      ))}
    </RecordTable>
  );
}
