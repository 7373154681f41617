import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { LIVE_FAULT_STATES } from '#contracts';
import type { FaultView } from '#contracts';
import { FAULTS, summarizeFault } from '#faults';
import { readFault } from '../../api/faults.js';
import { ActionError } from '../action/action-error.js';
import { QuietNote } from '../action/quiet-note.js';
import { ComparisonOf } from '../comparison/comparison-view.js';
import { END_TEXT } from '../fault/fault-state-text.js';
import { ProofNote } from '../fault/proof-note.js';
import { TargetLink } from '../fault/target-link.js';
import { targetName } from '../fault/target-name.js';
import { formatDuration, formatMoment } from '../format/time.js';
import { useWorld } from '../world/use-world.js';
import { Page } from './page.js';
import classes from './page.module.css';

/** One fault and what it did, with room for every edge. */
export function FaultPage() {
  const { faultId } = useParams({ from: '/faults/$faultId' });
  const fault = useQuery({ queryKey: ['fault', faultId], queryFn: () => readFault(faultId) });
  // While it lives the stream is newer than what was read.
  const streamed = useWorld((world) => world.faults.find(({ id }) => id === faultId) ?? world.endedFaults.find(({ id }) => id === faultId));
  const shown = streamed ?? fault.data;
  if (shown === undefined) {
    return (
      <Page title="Fault" intro="">
        <ActionError error={fault.error} />
      </Page>
    );
  }
  const { title, doesNotImitate } = FAULTS[shown.spec.kind];
  return (
    <Page title={`${title} on ${targetName(shown.target)}`} intro={`${summarizeFault(shown.spec)}. ${historyText(shown)}`}>
      <p>
        Target: <TargetLink target={shown.target} comparisonOf={shown.id} />
      </p>
      <ProofNote fault={shown} />
      {shown.problem !== null && <p role="alert" className={classes.grave}>{`◆ ${shown.problem}`}</p>}
      <p className={classes.dim}>What it does not imitate: {doesNotImitate}</p>
      <Outcome fault={shown} />
    </Page>
  );
}

function Outcome({ fault }: { readonly fault: FaultView }) {
  if (fault.target.type !== 'edge') return <QuietNote title="No comparison">Only faults on edges are compared: their traffic is measured where they act.</QuietNote>;
  if (LIVE_FAULT_STATES.includes(fault.state)) return <QuietNote title="It is not over yet">The comparison begins when the fault has ended.</QuietNote>;
  return (
    <div className={classes.panel}>
      <ComparisonOf faultId={fault.id} />
    </div>
  );
}

function historyText({ createdBy, createdAt, appliedAt, revertedAt, endReason, durationMs }: FaultView): string {
  const asked = `Injected by ${createdBy} at ${formatMoment(createdAt)} for ${formatDuration(durationMs)}.`;
  if (appliedAt === null || revertedAt === null) return asked;
  const why = endReason === null ? '' : `: ${END_TEXT[endReason]}`;
  return `${asked} It acted for ${formatDuration(Date.parse(revertedAt) - Date.parse(appliedAt))}${why}.`;
}
