import { DEGRADED_FAILURE_SHARE, FAILING_FAILURE_SHARE } from '../../model/health.js';
import { formatRate, formatShare } from '../format/number.js';
import { useWorld } from '../world/use-world.js';
import { sameTotals, worldTotals } from '../world/world-totals.js';
import classes from './totals.module.css';

function healthOfShare(share: number): 'healthy' | 'degraded' | 'failing' {
  if (share >= FAILING_FAILURE_SHARE) return 'failing';
  return share >= DEGRADED_FAILURE_SHARE ? 'degraded' : 'healthy';
}

/** The whole system in two numbers. */
export function Totals() {
  const totals = useWorld(worldTotals, sameTotals);
  return (
    <dl className={classes.totals} title="Sum over all edges in the last full second: a call that causes another counts on each edge it crosses">
      <div>
        <dt>Traffic</dt>
        <dd>{formatRate(totals.requestsPerSec)}</dd>
      </div>
      <div>
        <dt>Failing</dt>
        <dd data-health={healthOfShare(totals.failureRatio)}>{totals.requestsPerSec === 0 ? '–' : formatShare(totals.failureRatio)}</dd>
      </div>
    </dl>
  );
}
