/** `60 s`, `1 min 30 s`, `5 min`, `1 h`: a duration that a person chose, so no digit of it is lost. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  if (seconds <= 90) return `${seconds} s`;
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** What is left of a countdown: `0:42`, `12:05`. Rounded up, so that 0:00 means over. */
export function formatCountdown(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const AGES = [
  { below: 90, per: 1, unit: 's' },
  { below: 90 * 60, per: 60, unit: 'min' },
  { below: 36 * 3_600, per: 3_600, unit: 'h' },
  { below: Number.POSITIVE_INFINITY, per: 86_400, unit: 'd' },
] as const;

/** `3 s ago`, `12 min ago`. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - thenMs) / 1_000);
  if (seconds < 1) return 'now';
  const age = AGES.find(({ below }) => seconds < below);
  return age === undefined ? '–' : `${Math.floor(seconds / age.per)} ${age.unit} ago`;
}

/** Wall clock in the reader's zone, to the second. */
export function formatClock(iso: string): string {
  const time = new Date(iso);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Date, wall clock and zone: enough to find the moment in another system's logs. */
export function formatMoment(iso: string): string {
  const time = new Date(iso);
  const date = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  return `${date} ${formatClock(iso)} ${zoneText(-time.getTimezoneOffset())}`;
}

function zoneText(offsetMin: number): string {
  if (offsetMin === 0) return 'UTC';
  const size = Math.abs(offsetMin);
  const minutes = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${offsetMin < 0 ? '−' : '+'}${Math.floor(size / 60)}${minutes}`;
}
