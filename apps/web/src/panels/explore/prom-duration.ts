const UNITS = [
  { unit: 'y', sec: 31_536_000 },
  { unit: 'w', sec: 604_800 },
  { unit: 'd', sec: 86_400 },
  { unit: 'h', sec: 3_600 },
  { unit: 'm', sec: 60 },
  { unit: 's', sec: 1 },
  { unit: 'ms', sec: 0.001 },
] as const;

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const PLAIN_SECONDS = /^\d+(?:\.\d+)?$/;

/** Seconds of a duration as PromQL writes it (`1h30m`, `15s`, `500ms`) or of a plain number of seconds; null for anything else, and for nothing at all. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (PLAIN_SECONDS.test(trimmed)) return positive(Number(trimmed));
  const parts = DURATION.exec(trimmed);
  if (parts === null) return null;
  return positive(UNITS.reduce((sum, { sec }, i) => sum + Number(parts[i + 1] ?? 0) * sec, 0));
}

/** The shortest way to write it with days as the greatest unit: `1h30m`, `7d`, `500ms`. */
export function durationText(sec: number): string {
  let restMs = Math.round(sec * 1_000);
  const parts = UNITS.slice(2).map(({ unit, sec: size }) => {
    const sizeMs = size * 1_000;
    const count = Math.floor(restMs / sizeMs);
    restMs -= count * sizeMs;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return parts.join('') || '0s';
}

function positive(sec: number): number | null {
  return Number.isFinite(sec) && sec > 0 ? sec : null;
}
