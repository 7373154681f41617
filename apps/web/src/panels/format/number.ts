/** Numbers as people read them: at most 3 significant digits, the unit attached, a real minus sign. */
const NO_VALUE = '–';

const SCALES = [
  { from: 1e9, suffix: ' G' },
  { from: 1e6, suffix: ' M' },
  { from: 1e3, suffix: ' k' },
] as const;

/** `0.0123`, `12.3`, `482`, `1.23 k`. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(threeDigits(value));
  const scale = SCALES.find(({ from }) => size >= from);
  const text = scale === undefined ? String(size) : `${threeDigits(size / scale.from)}${scale.suffix}`;
  return value < 0 && size > 0 ? `−${text}` : text;
}

/** `482 req/s`. */
export function formatRate(requestsPerSec: number | null): string {
  return withUnit(formatNumber(requestsPerSec), 'req/s');
}

// A narrow space that does not break (SI brochure, 5.4.4): a number stays on its line.
const DIGIT_GROUP_SPACE = '\u202f';

/** A whole count with its digits grouped: `12 345`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, DIGIT_GROUP_SPACE);
}

/** A ratio as a share: `0.12 %`, and `<0.01 %` for what is small but not nothing. */
export function formatShare(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return NO_VALUE;
  const percent = threeDigits(ratio * 100);
  return percent > 0 && percent < 0.01 ? '<0.01 %' : `${formatNumber(percent)} %`;
}

/** `0.4 ms`, `812 ms`, `1.91 s`, `2.5 min`. */
export function formatMs(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return NO_VALUE;
  const shown = threeDigits(ms);
  const size = Math.abs(shown);
  if (size < 1_000) return `${formatNumber(shown)} ms`;
  if (size < 60_000) return `${formatNumber(shown / 1_000)} s`;
  return `${formatNumber(shown / 60_000)} min`;
}

/** `0 B/s`, `12.3 kB/s`. */
export function formatBytesPerSec(bytesPerSec: number | null): string {
  if (bytesPerSec === null) return NO_VALUE;
  const text = formatNumber(bytesPerSec);
  return text.includes(' ') ? `${text}B/s` : withUnit(text, 'B/s');
}

/** `value` with its sign written out: `+400 ms`, `−12 req/s`, `±0 ms` for no change. */
export function formatSigned(value: number | null, format: (value: number) => string): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE;
  const text = format(Math.abs(value));
  if (value === 0) return `±${text}`;
  return value > 0 ? `+${text}` : `−${text}`;
}

/** A difference of ratios, in percentage points: `2.1 pp`. */
export function formatPoints(ratio: number | null): string {
  return ratio === null ? NO_VALUE : `${formatNumber(ratio * 100)} pp`;
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

function withUnit(text: string, unit: string): string {
  return text === NO_VALUE ? text : `${text} ${unit}`;
}
