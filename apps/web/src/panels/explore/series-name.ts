import type { LabelSet } from '../../api/prometheus-api.js';

const NAME = '__name__';
const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** A series as PromQL selects it: `up{job="node"}`; names that are not plain stand quoted within the braces, as of Prometheus 3. */
export function seriesText(labels: LabelSet): string {
  const { [NAME]: name = '', ...others } = labels;
  const plain = PLAIN_METRIC.test(name);
  const pairs = [...(name === '' || plain ? [] : [quoted(name)]), ...Object.entries(others).map(pairText)];
  const braces = pairs.length === 0 && plain ? '' : `{${pairs.join(', ')}}`;
  return plain ? name + braces : braces;
}

/** `job="node"`. */
export function pairText([label, value]: readonly [string, string]): string {
  return `${PLAIN_LABEL.test(label) ? label : quoted(label)}=${quoted(value)}`;
}

/** A PromQL string in double quotes. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Series of one query told apart: what all share, said once, and what only some have. */
export interface TellingNames {
  /** Empty when they share nothing, or there is only one. */
  readonly shared: string;
  readonly names: readonly string[];
}

export function tellingNames(series: readonly LabelSet[]): TellingNames {
  const [first, ...others] = series;
  if (first === undefined) return { shared: '', names: [] };
  if (others.length === 0) return { shared: '', names: [seriesText(first)] };
  const common = Object.entries(first).filter(([label, value]) => others.every((labels) => labels[label] === value));
  const isCommon = new Set(common.map(([label]) => label));
  const names = series.map((labels) => seriesText(Object.fromEntries(Object.entries(labels).filter(([label]) => !isCommon.has(label)))));
  return { shared: common.length === 0 ? '' : seriesText(Object.fromEntries(common)), names };
}
