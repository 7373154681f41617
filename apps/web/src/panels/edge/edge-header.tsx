import { CloseButton } from '@mantine/core';
import { healthOf } from '../../model/health.js';
import { recentRate } from '../../model/recent-rate.js';
import type { WorldEdge } from '../../model/world.js';
import { useSelection } from '../selection/use-selection.js';
import { useWorld } from '../world/use-world.js';
import classes from './edge-panel.module.css';
import { HealthMark, healthText } from './health-mark.js';

/** Which edge this is: who calls whom, in what, from where to where, and how it is. */
export function EdgeHeader({ edge }: { readonly edge: WorldEdge }) {
  const { select } = useSelection();
  const source = useWorld((world) => world.nodes.get(edge.source));
  const target = useWorld((world) => world.nodes.get(edge.target));
  const regions = useWorld((world) => world.regions);
  const cities = [source, target].map((node) => (node === undefined ? undefined : regions[node.region]?.city));
  const place = cities[0] === cities[1] ? cities[0] : cities.join(' → ');
  const health = healthOf(recentRate(edge));
  return (
    <header className={classes.header}>
      <div className={classes.headerText}>
        <h2 className={classes.title} tabIndex={-1} id="details-title">
          <button type="button" className={classes.end} onClick={() => select({ kind: 'node', id: edge.source })}>
            {edge.key.source}
          </button>
          <span className={classes.arrow}>→</span>
          <button type="button" className={classes.end} onClick={() => select({ kind: 'node', id: edge.target })}>
            {edge.key.target}
          </button>
        </h2>
        <p className={classes.subtitle}>
          <HealthMark health={edge.stale ? 'idle' : health} />
          {edge.stale ? 'Stale: its agent is away' : healthText(health)} · {edge.key.protocol.toUpperCase()} · {place}
        </p>
      </div>
      <CloseButton aria-label="Close details" onClick={() => select(null)} />
    </header>
  );
}
