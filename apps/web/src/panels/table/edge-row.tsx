import { memo, useCallback } from 'react';
import { edgeName } from '../../model/find-edges.js';
import { failureShare, healthOf } from '../../model/health.js';
import { recentRate } from '../../model/recent-rate.js';
import type { EdgeRate, World } from '../../model/world.js';
import { HealthMark, healthText } from '../edge/health-mark.js';
import { formatMs, formatRate, formatShare } from '../format/number.js';
import { faultOn, unleasedOn } from '../world/faults-on-edge.js';
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
  const toxic = useWorld(useCallback((world: World) => key !== undefined && unleasedOn(world.unleased, key).length > 0, [key]));
  if (edge === undefined) return null;
  const rate = recentRate(edge);
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
          <HealthMark health={edge.stale ? 'idle' : healthOf(rate)} />
          {edgeName(edge)}
        </span>
      </th>
      <td>{edge.key.protocol}</td>
      <td className={classes.number}>{formatRate(rate.requestsPerSec)}</td>
      <td className={classes.number}>{rate.requestsPerSec > 0 ? formatShare(failureShare(rate)) : '–'}</td>
      <td className={classes.number}>{formatMs(rate.p50Ms)}</td>
      <td className={classes.number}>{formatMs(rate.p95Ms)}</td>
      <td className={classes.number}>{formatMs(rate.p99Ms)}</td>
      <td>
        {faulted && <span className={classes.fault}>Faulted</span>} {toxic && <span className={classes.toxic}>Toxic, no lease</span>}
        {!faulted && !toxic && stateText(rate, edge.stale)}
      </td>
    </tr>
  );
});

function stateText(rate: EdgeRate, stale: boolean): string {
  return stale ? 'Stale' : healthText(healthOf(rate));
}
