import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { FaultView } from '#contracts';
import { FAULTS, summarizeFault } from '#faults';
import { ActionError } from '../action/action-error.js';
import { ProofNote } from '../fault/proof-note.js';
import { TargetLink } from '../fault/target-link.js';
import { useStopFault } from '../fault/use-stop-fault.js';
import { formatCountdown, formatDuration } from '../format/time.js';
import { FaultMark } from '../pages/fault-mark.js';
import { useMay } from '../shell/session-context.js';
import { useTick } from '../world/use-tick.js';
import { useLive } from '../world/world-context.js';
import type { ActingFault } from './acting-now.js';
import { isGrave } from './acting-now.js';
import { LeaseBar } from './lease-bar.js';
import classes from './now.module.css';

/** One fault that may be acting: what, where, who holds it, whether it bites, when it ends, and the way to end it. */
export function ActingRow({ acting }: { readonly acting: ActingFault }) {
  const { fault, holding, agent } = acting;
  const stop = useStopFault();
  const mayStop = useMay('faults.write');
  const grave = isGrave(acting);
  return (
    <li className={classes.row} data-grave={grave || undefined}>
      <div className={classes.what}>
        <p className={classes.kind}>
          <Link to="/faults/$faultId" params={{ faultId: fault.id }}>
            {FAULTS[fault.spec.kind].title}
          </Link>{' '}
          <span>{summarizeFault(fault.spec)}</span>
        </p>
        <p className={classes.where}>
          <TargetLink target={fault.target} /> <span>by {fault.createdBy}, agent {fault.agent}</span>
        </p>
        <ProofNote fault={fault} />
        {grave && <GraveNote fault={fault} />}
      </div>
      <div className={classes.state}>
        <FaultMark state={fault.state} />
        <LeaseBar holding={holding} agent={agent} />
      </div>
      <div className={classes.end}>
        <EndsIn fault={fault} />
        <Button size="xs" color="fault" loading={stop.isPending || fault.state === 'reverting'} disabled={!mayStop} onClick={() => stop.mutate(fault.id)} aria-label={`Stop ${FAULTS[fault.spec.kind].title}`}>
          Stop
        </Button>
      </div>
      <ActionError error={stop.error} />
    </li>
  );
}

function GraveNote({ fault }: { readonly fault: FaultView }) {
  return (
    <p role="alert" className={classes.grave}>
      <strong>◆ The target may still be faulted.</strong> {fault.problem ?? 'The agent could not undo it'}. New faults there are blocked. Press Stop to try again; if that fails, restart the agent {fault.agent}: it undoes what its ledger holds.
    </p>
  );
}

function EndsIn({ fault }: { readonly fault: FaultView }) {
  useTick(1_000);
  const { clock } = useLive();
  if (fault.state === 'revert-failed') return <span className={classes.left}>until undone</span>;
  const leftMs = fault.endsAt === null ? fault.durationMs : Date.parse(fault.endsAt) - clock.nowMs();
  return (
    <span className={classes.left} role="timer">
      {formatCountdown(leftMs)} <span>of {formatDuration(fault.durationMs)}</span>
    </span>
  );
}
