import { quote } from './go-string.js';

/** Longest first, as they must follow each other. Milliseconds. */
const UNITS = [
  { unit: 'y', ms: 365 * 86_400_000, onlyWhole: true },
  { unit: 'w', ms: 7 * 86_400_000, onlyWhole: true },
  { unit: 'd', ms: 86_400_000, onlyWhole: false },
  { unit: 'h', ms: 3_600_000, onlyWhole: false },
  { unit: 'm', ms: 60_000, onlyWhole: false },
  { unit: 's', ms: 1000, onlyWhole: false },
  { unit: 'ms', ms: 1, onlyWhole: false },
] as const;
/** Prometheus holds durations as nanoseconds in 63 bits. */
export const MAX_DURATION_MS = 2 ** 63 / 1e6;
const SPECIAL: ReadonlyMap<string, number> = new Map([['inf', Number.POSITIVE_INFINITY], ['nan', Number.NaN]]);

/** A number token as Go reads it, a leading 0 meaning octal where all digits are. Throws an Error that says what is wrong with it. */
export function parseNumber(text: string): number {
  const special = SPECIAL.get(text.toLowerCase());
  if (special !== undefined) return special;
  const digits = text.replaceAll('_', '');
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  if (Number.isNaN(value)) throw new Error(`error parsing number: strconv.ParseFloat: parsing ${quote(text)}: invalid syntax`);
  if (!Number.isFinite(value)) throw new Error(`error parsing number: strconv.ParseFloat: parsing ${quote(text)}: value out of range`);
  return value;
}

/** Milliseconds of a duration such as 1h30m: units from long to short, each once. Throws an Error as Prometheus words it. */
export function parseDurationMs(text: string): number {
  if (text === '0') return 0;
  if (text === '') throw new Error('empty duration string');
  let totalMs = 0;
  let longest = 0;
  if (!/^(?:[0-9]+[^0-9]+)+$/.test(text)) throw new Error(`not a valid duration string: ${quote(text)}`);
  for (const [, digits, unit] of text.matchAll(/([0-9]+)([^0-9]+)/g)) {
    const index = UNITS.findIndex((candidate) => candidate.unit === unit);
    if (index < 0) throw new Error(`unknown unit ${quote(unit!)} in duration ${quote(text)}`);
    if (index < longest) throw new Error(`not a valid duration string: ${quote(text)}`);
    longest = index + 1;
    totalMs += Number(digits) * UNITS[index]!.ms;
    if (totalMs >= MAX_DURATION_MS) throw new Error('duration out of range');
  }
  return totalMs;
}

/** Years and weeks only where nothing is left over: 90d reads better than 12w6d. */
export function formatDurationMs(durationMs: number): string {
  let restMs = Math.trunc(durationMs);
  if (restMs === 0) return '0s';
  let text = '';
  for (const { unit, ms, onlyWhole } of UNITS) {
    const count = onlyWhole && restMs % ms !== 0 ? 0 : Math.floor(restMs / ms);
    if (count > 0) text += `${count}${unit}`;
    restMs -= count * ms;
  }
  return text;
}
