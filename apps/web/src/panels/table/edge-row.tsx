import { memo, useCallback } from 'react';
import { edgeName } from '../../model/find-edges.js';
import { failureShare, healthOf } from '../../model/health.js';
import type { World, WorldEdge } from '../../model/world.js';
import { HealthMark, healthText } from '../edge/health-mark.js';
import { formatMs, formatRate, formatShare } from '../format/number.js';
import { faultOn } from '../world/faults-on-edge.js';
import { useWorld } from '../world/use-world.js';
import classes from './edge-table.module.css';

interface EdgeRowProps {
  readonly id: number;
  readonly rowId: string;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onSelect: (id: number) => void;
  readonly onFocus: (rowId: string) => void;
}

/** One edge of the table. It reads its own edge, so a tick renders only the rows that changed. */
export const EdgeRow = memo(function EdgeRow({ id, rowId, active, selected, onSelect, onFocus }: EdgeRowProps) {
  const edge = useWorld(useCallback((world: World) => world.edges.get(id), [id]));
  const key = edge?.key;
  const faulted = useWorld(useCallback((world: World) => key !== undefined && faultOn(world.faults, key) !== null, [key]));
  if (edge === undefined) return null;
  const { now } = edge;
  return (
    <tr
      data-row={rowId}
      tabIndex={active ? 0 : -1}
      aria-level={2}
      aria-selected={selected}
      className={classes.edge}
      data-stale={edge.stale || undefined}
      onFocus={() => onFocus(rowId)}
      onClick={() => onSelect(id)}
    >
      <th scope="row">
        <span className={classes.nameCell}>
          <HealthMark health={edge.stale ? 'idle' : healthOf(now)} />
          {edgeName(edge)}
        </span>
      </th>
      <td>{edge.key.protocol}</td>
      <td className={classes.number}>{formatRate(now.requestsPerSec)}</td>
      <td className={classes.number}>{now.requestsPerSec > 0 ? formatShare(failureShare(now)) : '–'}</td>
      <td className={classes.number}>{formatMs(now.p50Ms)}</td>
      <td className={classes.number}>{formatMs(now.p95Ms)}</td>
      <td className={classes.number}>{formatMs(now.p99Ms)}</td>
      <td>{faulted ? <span className={classes.fault}>Faulted</span> : stateText(edge)}</td>
    </tr>
  );
});

function stateText(edge: WorldEdge): string {
  return edge.stale ? 'Stale' : healthText(healthOf(edge.now));
}
