import { parseDurationMs } from '../scrape/config/duration.js';

/** When nothing bounds a time: as far as whole milliseconds are exact. */
export const MIN_TIME_MS = Number.MIN_SAFE_INTEGER;
export const MAX_TIME_MS = Number.MAX_SAFE_INTEGER;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;
// Go's clients send these for "since ever" and "for ever".
const BOUNDS: ReadonlyMap<string, number> = new Map([
  ['-292273086-05-16T16:47:06Z', MIN_TIME_MS],
  ['292277025-08-18T07:12:54.999999999Z', MAX_TIME_MS],
]);
const MAX_QUOTED = 200;

/** The text cannot be read; the message is Prometheus'. */
export class ParameterProblem extends Error {
  override readonly name = 'ParameterProblem';
}

/** Milliseconds since 1970 of seconds or an RFC 3339 time. Throws ParameterProblem. */
export function parseTimeMs(text: string): number {
  const timeMs = NUMBER.test(text) ? ofSeconds(Number(text)) : (BOUNDS.get(text) ?? ofRfc3339(text));
  // Not a number when there were too many digits.
  if (timeMs === null || !(Math.abs(timeMs) <= MAX_TIME_MS)) throw new ParameterProblem(`cannot parse ${quoted(text)} to a valid timestamp`);
  return timeMs;
}

/** Milliseconds, with a fraction, of seconds or a duration such as `1h30m`. Throws ParameterProblem. */
export function parseLengthMs(text: string): number {
  const isNumber = NUMBER.test(text);
  const ms = isNumber ? Number(text) * 1000 : parseDurationMs(text);
  if (INFINITE.test(text) || (isNumber && Math.abs(ms!) * 1e6 > 2 ** 63)) throw new ParameterProblem(`cannot parse ${quoted(text)} to a valid duration. It overflows int64`);
  if (ms === null) throw new ParameterProblem(`cannot parse ${quoted(text)} to a valid duration`);
  return ms;
}

export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text);
}

/** Rounded to milliseconds, halves away from zero. */
function ofSeconds(seconds: number): number {
  const whole = Math.trunc(seconds);
  const fraction = seconds - whole;
  return whole * 1000 + Math.sign(fraction) * Math.round(Math.abs(fraction) * 1000);
}

function ofRfc3339(text: string): number | null {
  const parts = RFC3339.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const [fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = parts.slice(7);
  if (hour > 23 || minute > 59 || second > 59 || Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that the month does not have would roll over into the next.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return date.setUTCHours(hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, '0'))) - offsetMs;
}
