import { useWorld } from '../world/use-world.js';
import { sameTotals, worldTotals } from '../world/world-totals.js';
import { DataAge } from '../shell/data-age.js';
import classes from './live.module.css';

/** Says over the picture when it does not show now: connecting, frozen, or partly without its agent. */
export function DataNotice() {
  const status = useWorld((world) => world.status);
  const { staleEdges, edges } = useWorld(worldTotals, sameTotals);
  const hasData = edges > 0;
  if (status === 'connecting' && !hasData) return <p className={classes.notice}>Connecting to the traffic stream…</p>;
  if (status === 'disconnected') {
    return (
      <p className={classes.notice} data-grave>
        <strong>Disconnected.</strong> {hasData && <>The picture is frozen: <DataAge />.</>} Reconnecting by itself. Faults end without it.
      </p>
    );
  }
  if (status === 'stale') {
    return (
      <p className={classes.notice} data-warn>
        <strong>No new numbers.</strong> The newest are <DataAge />. Connected, and waiting for the server.
      </p>
    );
  }
  if (staleEdges === 0) return null;
  return (
    <p className={classes.notice} data-warn>
      <strong>{staleEdges === edges ? 'No agent is connected.' : `${staleEdges} of ${edges} edges are stale.`}</strong> Their numbers stand still until the agent is back.
    </p>
  );
}
