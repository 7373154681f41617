import { Link } from '@tanstack/react-router';
import type { UnleasedFaultView } from '#contracts';
import { TargetLink } from '../fault/target-link.js';
import { unleasedSummary } from '../fault/unleased-text.js';
import { formatAgo } from '../format/time.js';
import { useLive } from '../world/world-context.js';
import classes from './now.module.css';

/** Toxics and disabled proxies: nothing ends them by itself. */
export function UnleasedList({ unleased }: { readonly unleased: readonly UnleasedFaultView[] }) {
  const { clock } = useLive();
  if (unleased.length === 0) return null;
  return (
    <section aria-label="Without a lease">
      <h3 className={classes.subtitle}>No lease: these hold until removed</h3>
      <p className={classes.hint}>They came through Toxiproxy's API or with a proxy. Remove them with the client that made them, on the agent's page, or by HALT.</p>
      <ul className={classes.list}>
        {unleased.map((fault) => (
          <li key={`${fault.agent} ${fault.proxy} ${fault.toxic?.name ?? ''}`} className={classes.row} data-unleased>
            <div className={classes.what}>
              <p className={classes.kind}>
                <span>{unleasedSummary(fault)}</span>
              </p>
              <p className={classes.where}>
                <TargetLink target={{ type: 'edge', edge: fault.edge }} /> <span>proxy {fault.proxy}, since {formatAgo(fault.sinceMs, clock.nowMs())}</span>
              </p>
            </div>
            <div className={classes.state}>
              <span className={classes.noLease}>no lease</span>
            </div>
            <div className={classes.end}>
              <Link to="/agents/$agent" params={{ agent: fault.agent }}>
                {fault.agent}
              </Link>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
