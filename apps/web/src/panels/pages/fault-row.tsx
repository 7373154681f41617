import { Link } from '@tanstack/react-router';
import type { FaultView } from '#contracts';
import { FAULTS, summarizeFault } from '#faults';
import { END_TEXT } from '../fault/fault-state-text.js';
import { TargetLink } from '../fault/target-link.js';
import { formatAgo, formatDuration, formatMoment } from '../format/time.js';
import { useLive } from '../world/world-context.js';
import { FaultMark } from './fault-mark.js';
import classes from './page.module.css';

/** A fault that is over. */
export function FaultRow({ fault }: { readonly fault: FaultView }) {
  const { clock } = useLive();
  const startedAt = fault.appliedAt ?? fault.createdAt;
  return (
    <tr>
      <th scope="row">
        {FAULTS[fault.spec.kind].title}
        <span className={classes.sub}>{summarizeFault(fault.spec)}</span>
      </th>
      <td className={classes.nowrap}>
        <TargetLink target={fault.target} comparisonOf={fault.id} />
        <span className={classes.sub}>
          {fault.target.type === 'edge' ? `${fault.target.edge.protocol}, ` : ''}agent {fault.agent}
        </span>
      </td>
      <td>
        <FaultMark state={fault.state} />
        <span className={classes.sub}>{fault.problem ?? (fault.endReason === null ? '' : END_TEXT[fault.endReason])}</span>
        {fault.proof?.verdict === 'does-not-bite' && <span className={classes.grave}>◆ It did not bite</span>}
      </td>
      <td>{fault.createdBy}</td>
      <td className={classes.nowrap} title={formatMoment(startedAt)}>
        {formatAgo(Date.parse(startedAt), clock.nowMs())}
        <span className={classes.sub}>{formatMoment(startedAt)}</span>
      </td>
      <td className={classes.nowrap}>{lasted(fault)}</td>
      <td className={classes.actions}>
        {fault.appliedAt !== null && (
          <Link to="/faults/$faultId" params={{ faultId: fault.id }}>
            {fault.target.type === 'edge' ? 'Compare' : 'Details'}
          </Link>
        )}
      </td>
    </tr>
  );
}

function lasted({ appliedAt, revertedAt, durationMs }: FaultView): string {
  if (appliedAt === null) return 'never applied';
  return revertedAt === null ? formatDuration(durationMs) : formatDuration(Date.parse(revertedAt) - Date.parse(appliedAt));
}
