import { formatGeneral } from '../parser/go-number.js';
import { quote } from '../parser/go-string.js';

/** What Prometheus says of a query's data, without the kind before it and the place behind it. */
export function mixedFloatsAndHistograms(metricName: string): string {
  return `encountered a mix of histograms and floats for metric name ${quote(metricName)}`;
}

export function mixedBucketSchemas(metricName: string): string {
  return `vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${quote(metricName)}`;
}

export function ignoredHistograms(metricName: string): string {
  return `ignored histograms in a range containing both floats and histograms for metric name ${quote(metricName)}`;
}

export function histogramIsNoCounter(metricName: string): string {
  return `this native histogram metric is not a counter: ${quote(metricName)}`;
}

export function histogramIsNoGauge(metricName: string): string {
  return `this native histogram metric is not a gauge: ${quote(metricName)}`;
}

export type HistogramOperation = 'addition' | 'subtraction' | 'aggregation';

export function reconciledBounds(operation: HistogramOperation): string {
  return `mismatched custom buckets were reconciled during ${operation}`;
}

export function collidingResets(operation: HistogramOperation): string {
  return `conflicting counter resets during histogram ${operation}`;
}

export function overlappingStarts(metricName: string): string {
  return `sample has start time that overlaps with previous sample timestamp for metric ${quote(metricName)}`;
}

export function invalidQuantile(q: number): string {
  return `quantile value should be between 0 and 1, got ${formatGeneral(q)}`;
}
