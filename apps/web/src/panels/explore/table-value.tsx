import type { NativeHistogram } from '../../api/prometheus-api.js';
import { formatNumber } from '../format/number.js';
import { HistogramBars } from './histogram-bars.js';
import classes from './result-table.module.css';
import { sampleMeaning, sampleNumber, sampleText } from './sample-text.js';
import type { TableValue } from './table-rows.js';
import { localText } from './time-range.js';

/** A value as it was sent, and what it means where its metric's name says so. */
export function TableValueCell({ value, metric }: { readonly value: TableValue; readonly metric: string }) {
  switch (value.kind) {
    case 'sample': {
      const meaning = sampleMeaning(metric, value.text);
      return (
        <td className={classes.value}>
          {sampleText(value.text)}
          {meaning !== '' && <span className={classes.meaning}>{meaning}</span>}
        </td>
      );
    }
    case 'text':
      return <td className={classes.text}>{value.text}</td>;
    case 'histogram':
      return (
        <td className={classes.histogram}>
          <Histogram histogram={value.histogram} />
        </td>
      );
    case 'samples':
      return (
        <td className={classes.value}>
          <Samples value={value} />
        </td>
      );
  }
}

function Histogram({ histogram }: { readonly histogram: NativeHistogram }) {
  const { count, sum } = histogram;
  return (
    <>
      <span className={classes.summary}>
        count {sampleText(count)}, sum {sampleText(sum)}, mean {formatNumber(sampleNumber(sum) / sampleNumber(count))}
      </span>
      <HistogramBars buckets={histogram.buckets ?? []} />
    </>
  );
}

function Samples({ value: { samples, histograms } }: { readonly value: Extract<TableValue, { kind: 'samples' }> }) {
  return (
    <details className={classes.samples}>
      <summary>
        {samples.length + histograms.length} points{samples.length > 0 && `, newest ${sampleText(samples.at(-1)?.[1] ?? '')}`}
      </summary>
      <ul>
        {samples.map(([sec, text]) => (
          <li key={sec}>
            <span>{localText(sec)}</span> {sampleText(text)}
          </li>
        ))}
        {histograms.map(([sec, histogram]) => (
          <li key={sec}>
            <span>{localText(sec)}</span> <Histogram histogram={histogram} />
          </li>
        ))}
      </ul>
    </details>
  );
}
