import { targetLabel } from '#contracts';
import type { Holding } from '#contracts';
import { FAULTS } from '#faults';
import { formatAgo } from '../format/time.js';
import { useLive } from '../world/world-context.js';
import type { Leftover } from './acting-now.js';
import classes from './now.module.css';

const WHAT_TO_DO: Readonly<Record<Holding['state'], (agent: string) => string>> = {
  residue: (agent) => `Found in the ledger when ${agent} started, and not yet proven clean. The agent goes on trying; if this stays, look at the target by hand and restart ${agent}.`,
  'revert-failed': (agent) => `${agent} could not undo it, and new faults there are blocked. Restart ${agent}: it undoes what its ledger holds. If that fails, undo it by hand.`,
  applying: () => 'The server does not know it, so the agent lets go of it with its lease.',
  active: () => 'The server does not know it, so the agent lets go of it with its lease.',
  reverting: () => 'The agent is undoing it.',
};

/** What an agent still holds and nobody asked for any more: loud, with what to do. */
export function LeftoverList({ leftovers }: { readonly leftovers: readonly Leftover[] }) {
  const { clock } = useLive();
  if (leftovers.length === 0) return null;
  return (
    <section aria-label="Residue" className={classes.residue}>
      <h3 role="alert">◆ Residue: {leftovers.length === 1 ? 'a target' : `${leftovers.length} targets`} may not be clean</h3>
      <ul>
        {leftovers.map(({ holding, agent }) => (
          <li key={holding.faultId}>
            <strong>
              {FAULTS[holding.kind].title} on {targetLabel(holding.target)}
            </strong>{' '}
            {holding.ledgerSinceMs !== null && <span>in the ledger since {formatAgo(holding.ledgerSinceMs, clock.nowMs())}. </span>}
            {WHAT_TO_DO[holding.state](agent.agent)}
          </li>
        ))}
      </ul>
    </section>
  );
}
