import { Link } from '@tanstack/react-router';
import type { UnleasedFaultView } from '#contracts';
import { unleasedSummary } from '../fault/unleased-text.js';
import { formatAgo } from '../format/time.js';
import { useLive } from '../world/world-context.js';
import classes from './edge-panel.module.css';

/** What holds on an edge without a lease: it came through Toxiproxy's API, and whoever made it removes it. */
export function UnleasedCard({ unleased }: { readonly unleased: readonly UnleasedFaultView[] }) {
  const { clock } = useLive();
  const agent = unleased[0]?.agent ?? '';
  return (
    <section className={classes.unleased} aria-label="Toxics on this edge">
      <h3>No lease: holds until removed</h3>
      <ul>
        {unleased.map((fault) => (
          <li key={`${fault.proxy} ${fault.toxic?.name ?? ''}`}>
            {unleasedSummary(fault)} <span>{formatAgo(fault.sinceMs, clock.nowMs())}</span>
          </li>
        ))}
      </ul>
      <p>
        Remove it with the client that made it, or see the proxies of{' '}
        <Link to="/agents/$agent" params={{ agent }}>
          {agent}
        </Link>
        . HALT removes it too.
      </p>
    </section>
  );
}
