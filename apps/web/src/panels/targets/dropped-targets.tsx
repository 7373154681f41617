import type { TargetsData } from '../../api/prometheus-api.js';
import { LabelChips } from '../explore/label-chips.js';
import { formatCount } from '../format/number.js';
import { Section } from '../pages/section.js';
import { droppedPools } from './target-pools.js';
import classes from './targets.module.css';

const SHOWN = 100;

/** What discovery found and relabelling left out, so that a target which is missed can be looked for here. */
export function DroppedTargets({ data }: { readonly data: TargetsData }) {
  const pools = droppedPools(data);
  if (pools.length === 0) return null;
  return (
    <Section title="Dropped by relabelling">
      {pools.map(({ name, targets, total }) => (
        <details key={name} className={classes.dropped}>
          <summary>
            <strong>{name}</strong> {total === 1 ? '1 target' : `${formatCount(total)} targets`}
          </summary>
          <ul>
            {targets.slice(0, SHOWN).map((labels) => (
              <li key={JSON.stringify(labels)}>
                <LabelChips labels={labels} />
              </li>
            ))}
          </ul>
          {total > Math.min(targets.length, SHOWN) && <p className={classes.sub}>And {formatCount(total - Math.min(targets.length, SHOWN))} more.</p>}
        </details>
      ))}
    </Section>
  );
}
