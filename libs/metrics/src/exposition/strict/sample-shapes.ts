import type { MetricType } from '../../remote-write/write-batch.js';
import type { ValueRule } from './value-rules.js';

/** Of which part of a metric a sample is: what it is called, and what it may be. */
export interface SampleShape {
  readonly suffix: string;
  readonly value: ValueRule;
  /** The label that tells samples of one metric apart; `state` stands for the family's name. */
  readonly label: 'le' | 'quantile' | 'state' | null;
  readonly mayHaveExemplar: boolean;
  /** What a histogram does with it. */
  readonly role: 'bucket' | 'count' | 'sum' | null;
}

const plain = (suffix: string, value: ValueRule): SampleShape => ({ suffix, value, label: null, mayHaveExemplar: false, role: null });
/** Of a family of which nothing is said. */
export const PLAIN_SAMPLE = plain('', 'any');
const CREATED = plain('_created', 'time');
const BUCKET: SampleShape = { suffix: '_bucket', value: 'count', label: 'le', mayHaveExemplar: true, role: 'bucket' };

/** OpenMetrics 1.0, "Suffixes" and "Metric types". */
export const SAMPLE_SHAPES: Record<MetricType, readonly SampleShape[]> = {
  unknown: [PLAIN_SAMPLE],
  gauge: [PLAIN_SAMPLE],
  counter: [{ ...plain('_total', 'counter'), mayHaveExemplar: true }, CREATED],
  histogram: [BUCKET, { ...plain('_count', 'count'), role: 'count' }, { ...plain('_sum', 'counter'), role: 'sum' }, CREATED],
  gaugehistogram: [BUCKET, { ...plain('_gcount', 'count'), role: 'count' }, { ...plain('_gsum', 'sum'), role: 'sum' }],
  summary: [{ ...plain('', 'quantile'), label: 'quantile' }, plain('_count', 'count'), plain('_sum', 'counter'), CREATED],
  info: [plain('_info', 'one')],
  stateset: [{ ...plain('', 'state'), label: 'state' }],
};
