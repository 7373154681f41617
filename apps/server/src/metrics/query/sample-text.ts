import { histogramBucketList, type Histogram, type Labels } from '#metrics';

/**
 * Samples as Prometheus' HTTP API writes them ("Expression query result formats" in its docs): times are JSON numbers in seconds, values are texts, because
 * JSON has neither NaN nor infinities.
 */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const size = Math.abs(value);
  // JavaScript turns to exponents where Prometheus does, but Go gives them two digits at least.
  return size < 1e-6 || size >= 1e21 ? String(value).replace(/e([+-])(\d)$/, 'e$10$2') : String(value);
}

/** Scalars alone are never written with an exponent. */
export function scalarText(value: number): string {
  const text = valueText(value);
  const [mantissa, power] = text.split('e') as [string, string | undefined];
  if (power === undefined) return text;
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  const point = Number(power) + 1;
  return point <= 0 ? `${sign}0.${'0'.repeat(-point)}${digits}` : sign + digits.padEnd(point, '0');
}

export function timeText(timeMs: number): string {
  const size = Math.abs(timeMs);
  const fraction = size % 1000;
  const seconds = `${timeMs < 0 ? '-' : ''}${Math.trunc(size / 1000)}`;
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(3, '0')}`;
}

export function labelsText(labels: Labels): string {
  return `{${labels.map(({ name, value }) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

export function histogramText(histogram: Histogram): string {
  const buckets = histogramBucketList(histogram).map(([rule, lower, upper, count]) => `[${rule},"${valueText(lower)}","${valueText(upper)}","${valueText(count)}"]`);
  return `{"count":"${valueText(histogram.count)}","sum":"${valueText(histogram.sum)}"${buckets.length > 0 ? `,"buckets":[${buckets.join(',')}]` : ''}}`;
}

export const floatPoint = (timeMs: number, value: number): string => `[${timeText(timeMs)},"${valueText(value)}"]`;
export const histogramPoint = (timeMs: number, value: Histogram): string => `[${timeText(timeMs)},${histogramText(value)}]`;
