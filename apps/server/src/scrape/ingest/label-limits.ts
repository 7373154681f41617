import { METRIC_NAME } from '#metrics';
import type { Labels } from '#metrics';
import type { ScrapeLimits } from '../config/scrape-config.js';

const LEGACY_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LEGACY_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const SHOWN_CHARS = 50;

/** Why the scrape must fail for these labels; null when they are fine. */
export function labelsProblem(labels: Labels, limits: ScrapeLimits, legacyNames: boolean): string | null {
  const metric = labels.find(({ name }) => name === METRIC_NAME)?.value;
  if (metric === undefined) return 'missing metric name (__name__ label)';
  if (legacyNames && !(LEGACY_METRIC.test(metric) && labels.every(({ name }) => LEGACY_LABEL.test(name)))) return `invalid metric name or label names: ${shown(metric)}`;
  if (limits.labels > 0 && labels.length > limits.labels) return `label_limit exceeded (metric: ${shown(metric)}, number of labels: ${labels.length}, limit: ${limits.labels})`;
  if (limits.labelNameBytes === 0 && limits.labelValueBytes === 0) return null;
  return lengthProblem(labels, limits, metric);
}

function lengthProblem(labels: Labels, { labelNameBytes, labelValueBytes }: ScrapeLimits, metric: string): string | null {
  for (const { name, value } of labels) {
    const nameBytes = Buffer.byteLength(name);
    const valueBytes = Buffer.byteLength(value);
    const where = `metric: ${shown(metric)}, label name: ${shown(name)}`;
    if (labelNameBytes > 0 && nameBytes > labelNameBytes) return `label_name_length_limit exceeded (${where}, length: ${nameBytes}, limit: ${labelNameBytes})`;
    if (labelValueBytes > 0 && valueBytes > labelValueBytes) return `label_value_length_limit exceeded (${where}, value: ${JSON.stringify(value.slice(0, SHOWN_CHARS))}, length: ${valueBytes}, limit: ${labelValueBytes})`;
  }
  return null;
}

function shown(text: string): string {
  return text.slice(0, SHOWN_CHARS);
}
