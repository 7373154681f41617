import { compareUtf8, METRIC_NAME, type Label, type Labels } from '#metrics';
import { quote } from '../parser/go-string.js';

// Of the metric rather than of the series: an operation that changes what the values mean drops them all.
const METADATA_LABELS: ReadonlySet<string> = new Set([METRIC_NAME, '__type__', '__unit__']);

/** Empty when the label is absent. */
export function labelValue(labels: Labels, name: string): string {
  for (const label of labels) if (label.name === name) return label.value;
  return '';
}

export function withoutMetadata(labels: Labels): Labels {
  return labels.some((label) => METADATA_LABELS.has(label.name)) ? withoutLabels(labels, METADATA_LABELS) : labels;
}

export function withoutLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter((label) => !names.has(label.name));
}

export function onlyLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter((label) => names.has(label.name));
}

/** An empty value takes the label away. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const others: Label[] = labels.filter((label) => label.name !== name);
  if (value === '') return others;
  const at = others.findIndex((label) => compareUtf8(label.name, name) > 0);
  others.splice(at < 0 ? others.length : at, 0, { name, value });
  return others;
}

const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** As Prometheus prints a series in its messages. */
export function formatLabels(labels: Labels): string {
  return `{${labels.map(({ name, value }) => `${PLAIN_NAME.test(name) ? name : quote(name)}=${quote(value)}`).join(', ')}}`;
}
