import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LIVE_FAULT_STATES, edgeKeyText } from '#contracts';
import type { FaultView } from '#contracts';
import { FAULTS, summarizeFault } from '#faults';
import { ActionError } from '../action/action-error.js';
import { END_TEXT } from '../fault/fault-state-text.js';
import { useStopFault } from '../fault/use-stop-fault.js';
import { formatAgo, formatCountdown, formatDuration, formatMoment } from '../format/time.js';
import { useMay } from '../shell/session-context.js';
import { useTick } from '../world/use-tick.js';
import { useLive } from '../world/world-context.js';
import { FaultMark } from './fault-mark.js';
import classes from './page.module.css';

export function FaultRow({ fault }: { readonly fault: FaultView }) {
  const { clock } = useLive();
  const stop = useStopFault();
  const mayStop = useMay('faults.write');
  const live = LIVE_FAULT_STATES.includes(fault.state);
  const { edge } = fault.target;
  const startedAt = fault.appliedAt ?? fault.createdAt;
  return (
    <tr>
      <th scope="row">
        {FAULTS[fault.spec.kind].title}
        <span className={classes.sub}>{summarizeFault(fault.spec)}</span>
      </th>
      <td className={classes.nowrap}>
        <Link to="/live" search={{ edge: edgeKeyText(edge), ...(!live && { fault: fault.id }) }}>
          {edge.source} → {edge.target}
        </Link>
        <span className={classes.sub}>
          {edge.protocol}, agent {fault.agent}
        </span>
      </td>
      <td>
        <FaultMark state={fault.state} />
        <span className={classes.sub}>{fault.problem ?? (fault.endReason === null ? '' : END_TEXT[fault.endReason])}</span>
      </td>
      <td>{fault.createdBy}</td>
      <td className={classes.nowrap} title={formatMoment(startedAt)}>
        {formatAgo(Date.parse(startedAt), clock.nowMs())}
        <span className={classes.sub}>{formatMoment(startedAt)}</span>
      </td>
      <td className={classes.nowrap}>{live ? <TimeLeft fault={fault} /> : lasted(fault)}</td>
      <td className={classes.actions}>
        {live ? (
          <Button size="xs" color="fault" loading={stop.isPending} disabled={!mayStop} onClick={() => stop.mutate(fault.id)}>
            Stop
          </Button>
        ) : (
          fault.appliedAt !== null && (
            <Link to="/faults/$faultId" params={{ faultId: fault.id }}>
              Compare
            </Link>
          )
        )}
        <ActionError error={stop.error} />
      </td>
    </tr>
  );
}

function TimeLeft({ fault }: { readonly fault: FaultView }) {
  useTick(1_000);
  const { clock } = useLive();
  const left = fault.endsAt === null ? fault.durationMs : Date.parse(fault.endsAt) - clock.nowMs();
  return (
    <>
      {formatCountdown(left)} <span className={classes.dim}>of {formatDuration(fault.durationMs)}</span>
    </>
  );
}

function lasted({ appliedAt, revertedAt, durationMs }: FaultView): string {
  if (appliedAt === null) return 'never applied';
  return revertedAt === null ? formatDuration(durationMs) : formatDuration(Date.parse(revertedAt) - Date.parse(appliedAt));
}
