import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { LIVE_FAULT_STATES, edgeKeyText } from '#contracts';
import type { FaultView } from '#contracts';
import { FAULTS, summarizeFault } from '#faults';
import { readFault } from '../../api/faults.js';
import { ActionError } from '../action/action-error.js';
import { QuietNote } from '../action/quiet-note.js';
import { ComparisonOf } from '../comparison/comparison-view.js';
import { END_TEXT } from '../fault/fault-state-text.js';
import { formatDuration, formatMoment } from '../format/time.js';
import { Page } from './page.js';
import classes from './page.module.css';

/** One fault and what it did, with room for every edge. */
export function FaultPage() {
  const { faultId } = useParams({ from: '/faults/$faultId' });
  const fault = useQuery({ queryKey: ['fault', faultId], queryFn: () => readFault(faultId) });
  if (fault.data === undefined) {
    return (
      <Page title="Fault" intro="">
        <ActionError error={fault.error} />
      </Page>
    );
  }
  const { spec, target } = fault.data;
  return (
    <Page title={`${FAULTS[spec.kind].title} on ${target.edge.source} → ${target.edge.target}`} intro={`${summarizeFault(spec)}. ${historyText(fault.data)}`}>
      <p>
        <Link to="/live" search={{ edge: edgeKeyText(target.edge), fault: fault.data.id }}>
          Show the edge in Live
        </Link>
      </p>
      {LIVE_FAULT_STATES.includes(fault.data.state) ? (
        <QuietNote title="It is not over yet">The comparison begins when the fault has ended.</QuietNote>
      ) : (
        <div className={classes.panel}>
          <ComparisonOf faultId={fault.data.id} />
        </div>
      )}
    </Page>
  );
}

function historyText({ createdBy, createdAt, appliedAt, revertedAt, endReason, durationMs }: FaultView): string {
  const asked = `Injected by ${createdBy} at ${formatMoment(createdAt)} for ${formatDuration(durationMs)}.`;
  if (appliedAt === null || revertedAt === null) return asked;
  const why = endReason === null ? '' : `: ${END_TEXT[endReason]}`;
  return `${asked} It acted for ${formatDuration(Date.parse(revertedAt) - Date.parse(appliedAt))}${why}.`;
}
