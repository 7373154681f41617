import type { ComparedMetric, Shift, Verdict } from '#contracts';
import { formatMs, formatPoints, formatRate, formatShare, formatSigned } from '../format/number.js';

interface MetricText {
  readonly label: string;
  readonly value: (value: number | null) => string;
  /** A difference, without its sign. */
  readonly difference: (value: number) => string;
}

const latency = (label: string): MetricText => ({ label, value: formatMs, difference: formatMs });

export const METRIC_TEXT: Readonly<Record<ComparedMetric, MetricText>> = {
  requestsPerSec: { label: 'Requests', value: formatRate, difference: formatRate },
  failureRatio: { label: 'Failures', value: formatShare, difference: formatPoints },
  p50Ms: latency('p50'),
  p95Ms: latency('p95'),
  p99Ms: latency('p99'),
};

export const VERDICT_TEXT: Readonly<Record<Verdict, string>> = {
  DEGRADED: 'Degraded',
  IMPROVED: 'Improved',
  NO_MATERIAL_CHANGE: 'No change',
  INCONCLUSIVE: 'Inconclusive',
  NO_DATA: 'No data',
};

/** `+400 ms (380 to 420)`: the shift and its 95 % interval; empty without one. */
export function shiftText(metric: ComparedMetric, { shift, low, high }: Shift): string {
  if (shift === null) return '';
  const { difference } = METRIC_TEXT[metric];
  const signed = (value: number): string => formatSigned(value, difference);
  return low === null || high === null ? signed(shift) : `${signed(shift)} (${signed(low)} to ${signed(high)})`;
}
