import type { ComparedMetric, Shift, Verdict } from '#contracts';
import { formatMs, formatNumber, formatPoints, formatShare, formatSigned } from '../format/number.js';

interface MetricText {
  readonly label: string;
  readonly value: (value: number | null) => string;
  /** A difference, without its sign. */
  readonly difference: (value: number) => string;
}

const latency = (label: string): MetricText => ({ label, value: formatMs, difference: formatMs });

export const METRIC_TEXT: Readonly<Record<ComparedMetric, MetricText>> = {
  requestsPerSec: { label: 'Requests/s', value: formatNumber, difference: formatNumber },
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

/** The shift and its 95 % interval, `+400 ms` and `+380 to +420 ms`; null where there is none. A unit that both ends share is written once. */
export function shiftText(metric: ComparedMetric, { shift, low, high }: Shift): { readonly shift: string; readonly interval: string | null } | null {
  if (shift === null) return null;
  const { difference } = METRIC_TEXT[metric];
  const end = (value: number): string => (value === 0 ? difference(0) : formatSigned(value, difference));
  return { shift: formatSigned(shift, difference), interval: low === null || high === null ? null : intervalText(end(low), end(high)) };
}

function intervalText(low: string, high: string): string {
  const unit = high.includes(' ') ? high.slice(high.indexOf(' ')) : '';
  return `${low.endsWith(unit) ? low.slice(0, low.length - unit.length) : low} to ${high}`;
}
