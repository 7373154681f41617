import { Link } from '@tanstack/react-router';
import type { AgentHoldingsView } from '#contracts';
import { formatCount } from '../format/number.js';
import { formatAgo } from '../format/time.js';
import { useTick } from '../world/use-tick.js';
import { useLive } from '../world/world-context.js';
import classes from './now.module.css';

const WATCHDOG_TEXT: Readonly<Record<AgentHoldingsView['watchdog'], string>> = {
  'not-needed': 'not needed: nothing held outlives the agent',
  running: 'running: it undoes everything if the agent dies',
  lost: '◆ lost: nothing undoes kernel rules or stopped processes if the agent dies now',
};

/** By whose word: what each agent holds and has in its ledger, whether its watchdog runs, and when it was last heard. */
export function AgentWatch({ agents }: { readonly agents: readonly AgentHoldingsView[] }) {
  useTick(1_000);
  const { clock } = useLive();
  if (agents.length === 0) return null;
  return (
    <section aria-label="Agents">
      <h3 className={classes.subtitle}>What each agent says</h3>
      <ul className={classes.agents}>
        {agents.map(({ agent, connected, heardAt, holdings, watchdog }) => (
          <li key={agent}>
            <p className={classes.agentName}>
              <Link to="/agents/$agent" params={{ agent }}>
                {agent}
              </Link>{' '}
              <span>{connected ? '● connected' : '◌ away'}</span>
            </p>
            <dl>
              <dt>Holds</dt>
              <dd>{holdings.length === 0 ? 'nothing' : `${formatCount(holdings.length)} ${holdings.length === 1 ? 'fault' : 'faults'}`}</dd>
              <dt>Ledger</dt>
              <dd>{ledgerText(holdings.filter(({ ledgerSinceMs }) => ledgerSinceMs !== null).length)}</dd>
              <dt>Watchdog</dt>
              <dd data-grave={watchdog === 'lost' || undefined}>{WATCHDOG_TEXT[watchdog]}</dd>
              <dt>Said so</dt>
              <dd>{heardAt === null ? 'never' : formatAgo(Date.parse(heardAt), clock.nowMs())}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ledgerText(entries: number): string {
  return entries === 0 ? 'empty' : `${formatCount(entries)} ${entries === 1 ? 'undo' : 'undos'} on disk`;
}
