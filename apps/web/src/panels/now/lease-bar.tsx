import type { AgentHoldingsView, Holding } from '#contracts';
import { useTick } from '../world/use-tick.js';
import { useLive } from '../world/world-context.js';
import { leasePulse, pulseText } from './lease-pulse.js';
import classes from './now.module.css';

interface LeaseBarProps {
  readonly holding: Holding | null;
  readonly agent: AgentHoldingsView | null;
}

const STEP_MS = 500;

/** What is left of the lease: runs down, and fills again with each renewal. */
export function LeaseBar({ holding, agent }: LeaseBarProps) {
  useTick(STEP_MS);
  const { clock } = useLive();
  if (holding === null || agent === null) return <span className={classes.leaseText}>not held by its agent yet</span>;
  const pulse = leasePulse(holding, agent, clock.nowMs());
  if (pulse === null) return <span className={classes.leaseText}>no lease any more</span>;
  return (
    <span className={classes.lease} data-state={pulse.state}>
      <span className={classes.leaseTrack} aria-hidden="true">
        <span className={classes.leaseLeft} style={{ transform: `scaleX(${pulse.share})` }} />
      </span>
      <span className={classes.leaseText}>{pulseText(pulse)}</span>
    </span>
  );
}
