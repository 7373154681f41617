/** How busy a shop is by local hour, as a share of its busiest: asleep at four, a bump at lunch, the evening on the sofa. */
const SHARE_BY_HOUR = [0.34, 0.22, 0.15, 0.11, 0.1, 0.12, 0.2, 0.34, 0.47, 0.56, 0.62, 0.68, 0.74, 0.72, 0.66, 0.65, 0.68, 0.74, 0.83, 0.94, 1, 0.96, 0.78, 0.54] as const;

// The night of a country still shows a dot a second in the picture, and a fault on its edge still meets requests.
export const FLOOR_SHARE = 0.25;

const HOUR_MS = 3_600_000;
const HOURS_PER_DAY = 24;

/** Hour of the local day, 0 to just under 24, with its fraction. */
export function localHour(nowMs: number, utcOffsetHours: number): number {
  const hours = (nowMs / HOUR_MS + utcOffsetHours) % HOURS_PER_DAY;
  return hours < 0 ? hours + HOURS_PER_DAY : hours;
}

/** Between `FLOOR_SHARE` and 1; moves evenly from each full hour to the next. */
export function shareOfPeak(hour: number): number {
  const from = Math.floor(hour) % HOURS_PER_DAY;
  const share = SHARE_BY_HOUR[from] ?? 0;
  const next = SHARE_BY_HOUR[(from + 1) % HOURS_PER_DAY] ?? 0;
  return Math.max(FLOOR_SHARE, share + (next - share) * (hour - Math.floor(hour)));
}
