import { HealthMark } from '../edge/health-mark.js';
import { formatCount } from '../format/number.js';
import { DataAge } from '../shell/data-age.js';
import classes from './legend.module.css';

/** What everything in the picture means; always in view. */
export function Legend({ requestsPerDot }: { readonly requestsPerDot: number | null }) {
  return (
    <section className={classes.legend} aria-label="Legend">
      <dl>
        <dt>
          <svg width="22" height="10" aria-hidden="true">
            <circle cx="11" cy="5" r="3" fill="var(--fl-healthy)" />
          </svg>
        </dt>
        <dd>
          1 dot = <strong>{requestsPerDot === null ? '…' : formatCount(requestsPerDot)}</strong> {requestsPerDot === 1 ? 'request' : 'requests'} · data <DataAge />
        </dd>
        <dt>
          <svg width="22" height="10" aria-hidden="true">
            <path d="M8 1.5 12 5 8 8.5 9.5 5z" fill="var(--fl-degraded)" />
            <path d="M18 1.5 21.5 5 18 8.5 14.5 5z" fill="var(--fl-failing)" />
            <circle cx="3.5" cy="5" r="3" fill="var(--fl-healthy)" />
          </svg>
        </dt>
        <dd>answered, 4xx, failed</dd>
        <dt>
          <svg width="22" height="10" aria-hidden="true">
            <path d="M1 5h13M10 1.5 14.5 5 10 8.5" fill="none" stroke="var(--fl-dim)" strokeWidth="1.5" />
          </svg>
        </dt>
        <dd>slower dot = slower answers (p50)</dd>
        <dt className={classes.marks}>
          <HealthMark health="healthy" sizePx={10} />
        </dt>
        <dd className={classes.states}>
          healthy
          <HealthMark health="degraded" sizePx={10} /> ≥1 %
          <HealthMark health="failing" sizePx={10} /> ≥10 % failing, last 5 s
        </dd>
        <dt>
          <span className={classes.hatch} />
        </dt>
        <dd>violet hatch = fault acts here</dd>
        <dt>
          <span className={classes.dashed} />
        </dt>
        <dd>dashed violet = toxic, holds until removed</dd>
        <dt>
          <svg width="22" height="10" aria-hidden="true">
            <path d="M0 4.5 22 1v8L0 5.5z" fill="var(--fl-dim)" />
          </svg>
        </dt>
        <dd>wider line = more requests/s, dashed = stale</dd>
      </dl>
    </section>
  );
}
