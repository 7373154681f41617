import type { TargetsData } from '../../api/prometheus-api.js';
import { formatCount } from '../format/number.js';
import { HEALTH_MARK } from './health-mark.js';
import { healthCounts } from './target-pools.js';
import type { TargetHealth } from './targets-address.js';
import { HEALTHS } from './targets-address.js';
import classes from './targets.module.css';

interface HealthFilterProps {
  readonly data: TargetsData;
  /** Undefined: all. */
  readonly health: TargetHealth | undefined;
  readonly onChange: (health: TargetHealth | undefined) => void;
}

/** How many are how, and those alone on a click. */
export function HealthFilter({ data, health, onChange }: HealthFilterProps) {
  const counts = healthCounts(data);
  return (
    <div className={classes.healths} role="group" aria-label="Show targets by health">
      <button type="button" aria-pressed={health === undefined} onClick={() => onChange(undefined)}>
        All {formatCount(data.activeTargets.length)}
      </button>
      {HEALTHS.map((one) => (
        <button key={one} type="button" data-health={counts[one] > 0 ? one : 'none'} aria-pressed={health === one} onClick={() => onChange(health === one ? undefined : one)}>
          <span aria-hidden="true">{HEALTH_MARK[one].shape}</span> {HEALTH_MARK[one].word} {formatCount(counts[one])}
        </button>
      ))}
    </div>
  );
}
