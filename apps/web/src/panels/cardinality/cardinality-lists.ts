import type { CardinalityData, NamedCount } from '../../api/prometheus-api.js';
import { quoted, seriesText } from '../explore/series-name.js';
import { formatBytes } from './format-bytes.js';
import { formatCount } from '../format/number.js';

/** One list of what there is most of. */
export interface CardinalityList {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly CardinalityRow[];
}

export interface CardinalityRow {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  /** PromQL that shows where these come from. */
  readonly query: string;
}

/** The four lists of Prometheus' TSDB status, each row with a query that shows what is behind it. */
export function cardinalityLists(data: CardinalityData): readonly CardinalityList[] {
  return [
    { title: 'Series by metric', about: 'Metrics with the most series.', rows: rowsOf(data.seriesCountByMetricName, formatCount, metricQuery) },
    { title: 'Series by label and value', about: 'Pairs that the most series carry.', rows: rowsOf(data.seriesCountByLabelValuePair, formatCount, pairQuery) },
    { title: 'Values by label', about: 'Labels with the most values: what makes series many.', rows: rowsOf(data.labelValueCountByLabelName, formatCount, labelQuery) },
    { title: 'Bytes by label', about: 'What the values of a label take, each counted once a series.', rows: rowsOf(data.memoryInBytesByLabelName, formatBytes, labelQuery) },
  ];
}

function rowsOf(counts: readonly NamedCount[], textOf: (value: number) => string, queryOf: (name: string) => string): readonly CardinalityRow[] {
  return counts.map(({ name, value }) => ({ name, value, text: textOf(value), query: queryOf(name) }));
}

function metricQuery(metric: string): string {
  return `count by (job) (${seriesText({ __name__: metric })})`;
}

/** `label=value`, as the API writes pairs; the value may hold the sign again. */
function pairQuery(pair: string): string {
  const at = pair.indexOf('=');
  return `topk(20, count by (__name__) ({${matcher(pair.slice(0, at), `=${quoted(pair.slice(at + 1))}`)}}))`;
}

function labelQuery(label: string): string {
  const by = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) ? label : quoted(label);
  return `topk(20, count by (${by}) ({${matcher(label, '!=""')}}))`;
}

function matcher(label: string, rest: string): string {
  return `${/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) ? label : quoted(label)}${rest}`;
}
