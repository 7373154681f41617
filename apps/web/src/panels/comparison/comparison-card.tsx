import { CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { FaultView } from '#contracts';
import { FAULTS, summarizeFault } from '#faults';
import { END_TEXT } from '../fault/fault-state-text.js';
import { formatClock } from '../format/time.js';
import classes from './comparison.module.css';
import { ComparisonOf } from './comparison-view.js';

interface ComparisonCardProps {
  readonly fault: FaultView;
  readonly onClose: () => void;
}

/** What the fault that just ended did, beside the edge on which it acted. */
export function ComparisonCard({ fault, onClose }: ComparisonCardProps) {
  return (
    <section className={classes.card} aria-label="Before, during and after">
      <div className={classes.cardHead}>
        <div>
          <h3 className={classes.cardTitle}>Before, during, after</h3>
          <p className={classes.cardText}>
            {FAULTS[fault.spec.kind].title} {summarizeFault(fault.spec)}
            {fault.revertedAt !== null && `. Ended ${formatClock(fault.revertedAt)}`}
            {fault.endReason !== null && `: ${END_TEXT[fault.endReason]}`}.
          </p>
        </div>
        <CloseButton aria-label="Close the comparison" onClick={onClose} />
      </div>
      <ComparisonOf faultId={fault.id} />
      <Link to="/faults/$faultId" params={{ faultId: fault.id }} className={classes.more}>
        Open on a full page
      </Link>
    </section>
  );
}
