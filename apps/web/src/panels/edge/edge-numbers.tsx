import { failureShare, healthOf } from '../../model/health.js';
import type { WorldEdge } from '../../model/world.js';
import { formatBytesPerSec, formatMs, formatNumber, formatRate, formatShare } from '../format/number.js';
import classes from './edge-panel.module.css';
import { HealthMark } from './health-mark.js';

/** What crossed an edge in the last full second. */
export function EdgeNumbers({ edge }: { readonly edge: WorldEdge }) {
  const { now } = edge;
  const numbers = [
    ['Requests', formatRate(now.requestsPerSec)],
    ['Failures', now.requestsPerSec > 0 ? formatShare(failureShare(now)) : '–'],
    ['Connections', formatNumber(now.connections)],
    ['Bytes', formatBytesPerSec(now.bytesPerSec)],
    ['p50', formatMs(now.p50Ms)],
    ['p95', formatMs(now.p95Ms)],
    ['p99', formatMs(now.p99Ms)],
    ['Client errors', formatRate(now.clientErrorsPerSec)],
  ] as const;
  return (
    <dl className={classes.numbers} data-stale={edge.stale || undefined}>
      {numbers.map(([label, text]) => (
        <div key={label} className={classes.number}>
          <dt>
            {label}
            {label === 'Failures' && <HealthMark health={healthOf(now)} sizePx={10} />}
          </dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
