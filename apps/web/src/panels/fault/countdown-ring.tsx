import { formatCountdown } from '../format/time.js';
import { useTick } from '../world/use-tick.js';
import { useLive } from '../world/world-context.js';
import classes from './fault-card.module.css';

const RADIUS = 22;
const LENGTH = 2 * Math.PI * RADIUS;

interface CountdownRingProps {
  readonly endsAt: string | null;
  readonly durationMs: number;
}

/** What is left of a fault's life, as a number in a ring that empties. */
export function CountdownRing({ endsAt, durationMs }: CountdownRingProps) {
  useTick(1_000);
  const { clock } = useLive();
  const remainingMs = endsAt === null ? durationMs : Math.min(durationMs, Math.max(0, Date.parse(endsAt) - clock.nowMs()));
  const text = formatCountdown(remainingMs);
  return (
    <div className={classes.ring} role="timer" aria-label={`${text} left`}>
      <svg width="52" height="52" viewBox="0 0 52 52" aria-hidden="true">
        <circle cx="26" cy="26" r={RADIUS} className={classes.ringTrack} />
        <circle cx="26" cy="26" r={RADIUS} className={classes.ringLeft} strokeDasharray={LENGTH} strokeDashoffset={LENGTH * (1 - remainingMs / durationMs)} />
      </svg>
      <span className={classes.ringText}>{text}</span>
    </div>
  );
}
