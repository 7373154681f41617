import type { ActiveTarget } from '../../api/prometheus-api.js';
import { LabelChips } from '../explore/label-chips.js';
import { formatCount, formatMs } from '../format/number.js';
import { formatAgo, formatMoment } from '../format/time.js';
import { HEALTH_MARK } from './health-mark.js';
import { momentMs } from './target-pools.js';
import classes from './targets.module.css';

const MS_PER_SEC = 1_000;

/** One target: how it is, when it was asked last, and why it failed, word for word. */
export function TargetRow({ target, nowMs }: { readonly target: ActiveTarget; readonly nowMs: number }) {
  const { scrapeUrl, health, labels, discoveredLabels, lastError, lastScrapeDuration, samplesLastScrape, scrapeInterval } = target;
  const scrapedMs = momentMs(target.lastScrape);
  const sinceMs = momentMs(target.lastErrorSince);
  const { shape, word } = HEALTH_MARK[health];
  return (
    <>
      <tr className={classes.target} data-failed={lastError !== ''}>
        <td className={classes.health} data-health={health}>
          <span aria-hidden="true">{shape}</span> {word}
        </td>
        <th scope="row">
          <span className={classes.url}>{scrapeUrl}</span>
          <LabelChips labels={labels} />
          <details className={classes.discovered}>
            <summary>Discovered labels</summary>
            <LabelChips labels={discoveredLabels} />
          </details>
        </th>
        <td title={scrapedMs === null ? undefined : formatMoment(new Date(scrapedMs).toISOString())}>
          {scrapedMs === null ? 'never' : formatAgo(scrapedMs, nowMs)}
          {scrapeInterval !== undefined && <span className={classes.sub}>every {scrapeInterval}</span>}
        </td>
        <td>{scrapedMs === null ? '–' : formatMs(lastScrapeDuration * MS_PER_SEC)}</td>
        <td>{samplesLastScrape == null ? '–' : formatCount(samplesLastScrape)}</td>
      </tr>
      {lastError !== '' && (
        <tr className={classes.errorRow}>
          <td />
          <td colSpan={4}>
            <p className={classes.error}>
              {lastError}
              {sinceMs !== null && <span className={classes.sub}>Since {formatMoment(new Date(sinceMs).toISOString())}, {formatAgo(sinceMs, nowMs)}</span>}
            </p>
          </td>
        </tr>
      )}
    </>
  );
}
