import type { World } from '../../model/world.js';
import { useWorld } from '../world/use-world.js';
import { DataAge } from './data-age.js';
import classes from './status-chip.module.css';

const STATUS_TEXT: Readonly<Record<World['status'], string>> = {
  connecting: 'Connecting',
  live: 'Live',
  stale: 'Stale',
  disconnected: 'Disconnected',
  'signed-out': 'Signed out',
};

/** Whether the numbers count now, and how old they are. */
export function StatusChip() {
  const status = useWorld((world) => world.status);
  const hasData = useWorld((world) => world.throughSec > 0);
  return (
    <div className={classes.chip} data-status={status} role="status" aria-label={`Data: ${STATUS_TEXT[status]}`}>
      <span className={classes.dot} aria-hidden="true" />
      <strong>{STATUS_TEXT[status]}</strong>
      {hasData && (
        <span className={classes.age} aria-hidden="true">
          <DataAge />
        </span>
      )}
    </div>
  );
}
