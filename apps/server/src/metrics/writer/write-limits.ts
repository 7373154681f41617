import { METRIC_NAME } from '#metrics';
import type { Labels } from '#metrics';

/** How much may be written, whoever sends it. What is known goes on when a limit is reached; only what is new is refused. */
export interface WriteLimits {
  /** Series that are being written at one time. */
  readonly maxSeries: number;
  readonly maxSeriesPerMetric: number;
  readonly maxLabels: number;
  readonly maxNameBytes: number;
  readonly maxValueBytes: number;
  /** How much older than the newest sample of its series a sample may be. */
  readonly outOfOrderMs: number;
  /** How far ahead of this server's clock. */
  readonly maxAheadMs: number;
  readonly keepMs: number;
}

const SHOWN_CHARS = 80;

/** Why a series with these labels cannot be kept, whatever there is already; null when it can. */
export function labelsRefusal(labels: Labels, limits: WriteLimits): string | null {
  const metric = labels.find(({ name }) => name === METRIC_NAME)?.value;
  if (metric === undefined) return 'A series without a metric name (label __name__).';
  if (labels.length > limits.maxLabels) return `A series of ${shown(metric)} has ${labels.length} labels; ${limits.maxLabels} are allowed.`;
  for (const { name, value } of labels) {
    if (name.includes('\0') || value.includes('\0')) return `A series of ${shown(metric)} has the character U+0000 in its label ${shown(name)}, which PostgreSQL cannot hold.`;
    if (Buffer.byteLength(name) > limits.maxNameBytes) return `A label name of ${shown(metric)} is longer than ${limits.maxNameBytes} bytes: ${shown(name)}.`;
    const most = name === METRIC_NAME ? limits.maxNameBytes : limits.maxValueBytes;
    if (Buffer.byteLength(value) > most) return `The label ${shown(name)} of ${shown(metric)} is longer than ${most} bytes: ${shown(value)}.`;
  }
  return null;
}

export function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text);
}
