const UNITS_MS = { y: 365 * 86_400_000, w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
// Prometheus keeps nanoseconds in 63 bits.
const MAX_MS = 2 ** 63 / 1e6;

/** Milliseconds of a duration as Prometheus' configuration has it (`1h30m`, `15s`, `0`); null when it is none. */
export function parseDurationMs(text: string): number | null {
  if (text === '0') return 0;
  const parts = DURATION.exec(text);
  if (parts === null || text === '') return null;
  const ms = Object.values(UNITS_MS).reduce((sum, unitMs, i) => sum + Number(parts[i + 1] ?? 0) * unitMs, 0);
  return ms < MAX_MS ? ms : null;
}

// A rest behind years or weeks is harder to read than days: 8d, not 1w1d.
const ONLY_WHOLE: ReadonlySet<string> = new Set(['y', 'w']);

/** The text that Prometheus writes for it, as in `__scrape_interval__`: 90000 is `1m30s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  let rest = ms;
  let text = '';
  for (const [unit, unitMs] of Object.entries(UNITS_MS)) {
    if (rest < unitMs || (ONLY_WHOLE.has(unit) && rest % unitMs !== 0)) continue;
    text += `${Math.floor(rest / unitMs)}${unit}`;
    rest %= unitMs;
  }
  return text;
}
