import type { ScrapePoolView } from '#contracts';
import { LabelChips } from '../explore/label-chips.js';
import { formatAgo, formatMoment } from '../format/time.js';
import { Section } from '../pages/section.js';
import classes from './targets.module.css';

const SHOWN = 20;

/** What keeps jobs from having the targets they should have: discoveries that fail, and targets that cannot be scraped as they are described. */
export function TroubledPools({ pools, nowMs }: { readonly pools: readonly ScrapePoolView[]; readonly nowMs: number }) {
  const troubled = pools.filter(({ failing, unusable }) => failing.length + unusable.length > 0);
  if (troubled.length === 0) return null;
  return (
    <Section title="Discovery needs attention">
      {troubled.map((pool) => (
        <TroubledPool key={pool.name} pool={pool} nowMs={nowMs} />
      ))}
    </Section>
  );
}

function TroubledPool({ pool: { name, active, failing, unusable }, nowMs }: { readonly pool: ScrapePoolView; readonly nowMs: number }) {
  return (
    <div className={classes.troubled}>
      <strong>{name}</strong>
      {failing.map(({ kind, problem, since }) => (
        <p key={`${kind} ${problem}`} className={classes.error}>
          {problem}
          <span className={classes.sub}>
            By {kind} discovery, failing since {formatMoment(since)}, {formatAgo(Date.parse(since), nowMs)}. {active > 0 ? 'Targets found before are still scraped.' : 'No target is known yet.'}
          </span>
        </p>
      ))}
      {unusable.slice(0, SHOWN).map(({ discoveredLabels, problem }) => (
        <div key={JSON.stringify(discoveredLabels)} className={classes.error}>
          {problem}
          <span className={classes.sub}>
            <LabelChips labels={discoveredLabels} />
          </span>
        </div>
      ))}
      {unusable.length > SHOWN && <p className={classes.sub}>And {unusable.length - SHOWN} more that cannot be scraped.</p>}
    </div>
  );
}
