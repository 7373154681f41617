import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FaultsNowView } from '#contracts';
import { readFaultsNow } from '../../api/faults.js';
import { ActionError } from '../action/action-error.js';
import { formatClock } from '../format/time.js';
import { useLive } from '../world/world-context.js';
import { ActingRow } from './acting-row.js';
import { actingNow, cleanWord } from './acting-now.js';
import { AgentWatch } from './agent-watch.js';
import { LeftoverList } from './leftover-list.js';
import classes from './now.module.css';
import { UnleasedList } from './unleased-list.js';

// A lease runs down in seconds, and the stream does not carry it.
const POLL_EVERY_MS = 1_000;

/** Everything that may act on a target at this moment, and by whose word. */
export function NowSection() {
  const { clock } = useLive();
  const now = useQuery({ queryKey: ['faults', 'now'], queryFn: async () => ({ view: await readFaultsNow(), atMs: clock.nowMs() }), refetchInterval: POLL_EVERY_MS });
  return (
    <>
      {now.error !== null && <ActionError error={now.error} />}
      {now.data === undefined ? now.error === null && <Skeleton height={120} radius="md" aria-label="Reading what acts now" /> : <Now view={now.data.view} atMs={now.data.atMs} />}
    </>
  );
}

interface NowProps {
  readonly view: FaultsNowView;
  /** When this was so, by the server's clock. */
  readonly atMs: number;
}

function Now({ view, atMs }: NowProps) {
  const { acting, leftovers } = actingNow(view);
  const quiet = acting.length === 0 && leftovers.length === 0 && view.unleased.length === 0;
  return (
    <>
      {quiet && <CleanNote view={view} atMs={atMs} />}
      <LeftoverList leftovers={leftovers} />
      {acting.length > 0 && (
        <ul className={classes.list} aria-label="Faults that act now">
          {acting.map((one) => (
            <ActingRow key={one.fault.id} acting={one} />
          ))}
        </ul>
      )}
      <UnleasedList unleased={view.unleased} />
      <AgentWatch agents={view.agents} />
    </>
  );
}

function CleanNote({ view, atMs }: NowProps) {
  const { text, certain } = cleanWord(view.agents);
  return (
    <div className={classes.clean} data-certain={certain || undefined}>
      <p className={classes.cleanTitle}>{certain ? '✓ Every target is clean' : 'Nothing is known to act'}</p>
      <p>
        {text} {atMs > 0 && `As of ${formatClock(new Date(atMs).toISOString())}.`}
      </p>
      {certain && <p>To break something on purpose, open Live, click a line and inject a fault there, or select many edges.</p>}
    </div>
  );
}
