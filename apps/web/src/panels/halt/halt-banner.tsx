import { useMutationState } from '@tanstack/react-query';
import type { HaltResult } from '#contracts';
import { formatAgo, formatClock } from '../format/time.js';
import { useMay } from '../shell/session-context.js';
import { useLive } from '../world/world-context.js';
import { useTick } from '../world/use-tick.js';
import classes from './halt-banner.module.css';
import { haltResultText } from './halt-result-text.js';
import { ResumeForm } from './resume-form.js';
import { useHalt } from './use-halt.js';
import { HALT_MUTATION } from './use-halt-everything.js';

/** On every screen while a halt is in force: who, when, why, what it did, and the way out. */
export function HaltBanner() {
  const halt = useHalt();
  return halt === null ? null : <Banner by={halt.by} since={halt.since} reason={halt.reason} haltId={halt.id} />;
}

interface BannerProps {
  readonly haltId: string;
  readonly by: string;
  readonly since: string;
  readonly reason: string;
}

function Banner({ haltId, by, since, reason }: BannerProps) {
  useTick(1_000);
  const { clock } = useLive();
  const mayResume = useMay('halt.resume');
  const results = useMutationState<HaltResult | undefined>({ filters: { mutationKey: HALT_MUTATION, status: 'success' }, select: (mutation) => mutation.state.data as HaltResult | undefined });
  const result = results.findLast((candidate) => candidate?.halt.id === haltId);
  return (
    <section className={classes.banner} aria-label="Halted">
      <div className={classes.text}>
        <p className={classes.title}>
          Halted by {by} at {formatClock(since)} <span>({formatAgo(Date.parse(since), clock.nowMs())})</span>
          {reason !== '' && <>: “{reason}”</>}
        </p>
        <p className={classes.detail}>
          {result !== undefined && `${haltResultText(result)} `}
          No fault can start until an admin resumes.
        </p>
      </div>
      {mayResume ? <ResumeForm /> : <p className={classes.detail}>Ask an admin to resume.</p>}
    </section>
  );
}
