import { edgeName } from '../../model/find-edges.js';
import { failureShare, healthOf } from '../../model/health.js';
import { recentRate } from '../../model/recent-rate.js';
import type { WorldEdge } from '../../model/world.js';
import { HealthMark } from '../edge/health-mark.js';
import { formatMs, formatRate, formatShare } from '../format/number.js';
import { useSelection } from '../selection/use-selection.js';
import classes from './edge-list.module.css';

interface EdgeListProps {
  readonly title: string;
  readonly edges: readonly WorldEdge[];
  readonly empty: string;
}

/** Edges as lines to click: how each is, and what crosses it. */
export function EdgeList({ title, edges, empty }: EdgeListProps) {
  const { select } = useSelection();
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      {edges.length === 0 && <p className={classes.empty}>{empty}</p>}
      <ul className={classes.list}>
        {edges.map((edge) => (
          <li key={edge.id}>
            <button type="button" className={classes.row} onClick={() => select({ kind: 'edge', id: edge.id })}>
              <EdgeLine edge={edge} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function EdgeLine({ edge }: { readonly edge: WorldEdge }) {
  const rate = recentRate(edge);
  return (
    <>
      <HealthMark health={edge.stale ? 'idle' : healthOf(rate)} />
      <span className={classes.name}>{edgeName(edge)}</span>
      <span className={classes.rate}>{edge.stale ? 'stale' : formatRate(rate.requestsPerSec)}</span>
      <span className={classes.detail}>
        {formatShare(failureShare(rate))} failing · p99 {formatMs(rate.p99Ms)}
      </span>
    </>
  );
}
