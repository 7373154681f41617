import type { HistogramBucket } from '../../api/prometheus-api.js';
import { formatNumber } from '../format/number.js';
import classes from './histogram-bars.module.css';
import { sampleNumber } from './sample-text.js';
import { bucketText } from './table-rows.js';

/** The buckets of a native histogram, one bar each, as high as its count; the numbers open below. */
export function HistogramBars({ buckets }: { readonly buckets: readonly HistogramBucket[] }) {
  if (buckets.length === 0) return null;
  const most = Math.max(...buckets.map(([, , , count]) => sampleNumber(count)));
  return (
    <details className={classes.histogram}>
      <summary aria-label={`${buckets.length} buckets, as numbers`}>
        <span className={classes.bars} aria-hidden="true">
          {buckets.map((bucket) => (
            <span key={bucketText(bucket)} className={classes.bar} style={{ height: `${(100 * sampleNumber(bucket[3])) / most}%` }} title={`${bucketText(bucket)}: ${bucket[3]}`} />
          ))}
        </span>
        <span className={classes.ends} aria-hidden="true">
          <span>{boundText(buckets[0]?.[1])}</span>
          <span>{boundText(buckets.at(-1)?.[2])}</span>
        </span>
      </summary>
      <table className={classes.table}>
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucketText(bucket)}>
              <th scope="row">{bucketText(bucket)}</th>
              <td>{bucket[3]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function boundText(bound: string | undefined): string {
  return formatNumber(bound === undefined ? null : sampleNumber(bound));
}
