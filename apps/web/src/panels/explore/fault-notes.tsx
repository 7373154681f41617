import { Link } from '@tanstack/react-router';
import type { FaultView } from '#contracts';
import { FAULTS } from '#faults';
import { targetName } from '../fault/target-name.js';
import { formatClock } from '../format/time.js';
import classes from './chart-result.module.css';

const NAMED = 4;

/** What the shades of a chart are: the faults that acted in its time. */
export function FaultNotes({ faults }: { readonly faults: readonly FaultView[] }) {
  if (faults.length === 0) return null;
  return (
    <p className={classes.faults}>
      <span>
        <span className={classes.swatch} aria-hidden="true" />
        {faults.length === 1 ? 'A fault acted:' : `${faults.length} faults acted:`}
      </span>
      {faults.slice(-NAMED).map((fault) => (
        <Link key={fault.id} to="/faults/$faultId" params={{ faultId: fault.id }}>
          {FAULTS[fault.spec.kind].title} on {targetName(fault.target)}
          {fault.appliedAt !== null && `, ${formatClock(fault.appliedAt)}`}
        </Link>
      ))}
      {faults.length > NAMED && <Link to="/faults">all</Link>}
    </p>
  );
}
