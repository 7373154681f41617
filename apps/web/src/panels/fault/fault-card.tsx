import { Button } from '@mantine/core';
import type { FaultView } from '#contracts';
import { FAULTS, summarizeFault } from '#faults';
import type { WorldEdge } from '../../model/world.js';
import { ActionError } from '../action/action-error.js';
import { formatNumber, formatShare } from '../format/number.js';
import { formatClock, formatDuration } from '../format/time.js';
import { useMay } from '../shell/session-context.js';
import { CountdownRing } from './countdown-ring.js';
import classes from './fault-card.module.css';
import { STATE_TEXT, leaseText } from './fault-state-text.js';
import { ProofNote } from './proof-note.js';
import { useStopFault } from './use-stop-fault.js';

interface FaultCardProps {
  readonly fault: FaultView;
  readonly edge: WorldEdge;
}

/** A fault that may be acting now: what it does, how much it hits, when it ends, and the way to end it. */
export function FaultCard({ fault, edge }: FaultCardProps) {
  const stop = useStopFault();
  const mayStop = useMay('faults.write');
  const ending = stop.isPending || fault.state === 'reverting';
  const { faultedPerSec, requestsPerSec } = edge.now;
  return (
    <section className={classes.card} aria-label="Fault on this edge" data-state={fault.state}>
      <div className={classes.head}>
        <div className={classes.what}>
          <p className={classes.state}>
            <span className={classes.glyph} aria-hidden="true" />
            {STATE_TEXT[fault.state]}
          </p>
          <h3 className={classes.kind}>
            {FAULTS[fault.spec.kind].title} <span className={classes.summary}>{summarizeFault(fault.spec)}</span>
          </h3>
        </div>
        <CountdownRing endsAt={fault.endsAt} durationMs={fault.durationMs} />
      </div>
      <p className={classes.hit}>
        Acting on <strong>{formatNumber(faultedPerSec)}</strong> of <strong>{formatNumber(requestsPerSec)}</strong> requests/s
        {requestsPerSec > 0 && ` (${formatShare(faultedPerSec / requestsPerSec)})`}
      </p>
      <ProofNote fault={fault} />
      <p className={classes.lease}>{leaseText(fault, edge.stale)}</p>
      <p className={classes.lease}>
        Injected by {fault.createdBy} at {formatClock(fault.createdAt)} for {formatDuration(fault.durationMs)}.
      </p>
      <Button fullWidth variant="white" color="dark" size="md" loading={ending} disabled={!mayStop} onClick={() => stop.mutate(fault.id)}>
        Stop this fault
      </Button>
      {!mayStop && <p className={classes.lease}>Your role may not stop a single fault. HALT, top right, ends all of them.</p>}
      <ActionError error={stop.error} />
    </section>
  );
}
