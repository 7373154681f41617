import type { EdgePoint } from '#contracts';
import type { EdgeRate } from '../../model/world.js';

/** One second of an edge as charts draw it; null where nothing is known, which a line shows as a gap and never as zero. */
export interface ChartPoint {
  readonly sec: number;
  readonly requestsPerSec: number | null;
  readonly failureRatio: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export function pointOfRate(rate: EdgeRate): ChartPoint {
  const { sec, requestsPerSec, failuresPerSec, p50Ms, p95Ms, p99Ms } = rate;
  return { sec, requestsPerSec, failureRatio: ratio(failuresPerSec, requestsPerSec), p50Ms, p95Ms, p99Ms };
}

export function pointOfRecord({ sec, requests, failures, p50Ms, p95Ms, p99Ms }: EdgePoint): ChartPoint {
  return { sec, requestsPerSec: requests, failureRatio: ratio(failures, requests), p50Ms, p95Ms, p99Ms };
}

function ratio(failures: number, requests: number): number | null {
  return requests > 0 ? failures / requests : null;
}

/** What was recorded before the page opened, then what came since; a second that both know is taken from the page's own. */
export function mergePoints(recorded: readonly ChartPoint[], live: readonly ChartPoint[]): readonly ChartPoint[] {
  const firstLiveSec = live[0]?.sec ?? Number.POSITIVE_INFINITY;
  return [...recorded.filter(({ sec }) => sec < firstLiveSec), ...live];
}

export type ChartKey = Exclude<keyof ChartPoint, 'sec'>;

/** Parallel columns, one row for each second from `fromSec` up to, not including, `toSec`: times first, then the values of each key. */
export function chartColumns(points: readonly ChartPoint[], keys: readonly ChartKey[], { fromSec, toSec }: { readonly fromSec: number; readonly toSec: number }): [number[], ...(number | null)[][]] {
  const bySec = new Map(points.map((point) => [point.sec, point]));
  const secs = Array.from({ length: Math.max(0, toSec - fromSec) }, (_, i) => fromSec + i);
  return [secs, ...keys.map((key) => secs.map((sec) => bySec.get(sec)?.[key] ?? null))];
}

/** Where a known value stands between unknown ones: a line has no length there, so it must be drawn as a point to be seen. */
export function isolatedIndices(values: readonly (number | null | undefined)[]): number[] {
  return values.flatMap((value, i) => (value != null && values[i - 1] == null && values[i + 1] == null ? [i] : []));
}

/** The newest value that is known. */
export function lastValue(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
