import { durationText } from './prom-duration.js';

/** Up to now, whenever now is, or between two moments. Seconds since 1970. */
export type TimeRange = { readonly kind: 'last'; readonly sec: number } | { readonly kind: 'between'; readonly fromSec: number; readonly toSec: number };
export interface Span {
  readonly fromSec: number;
  readonly toSec: number;
}

const DAY = 86_400;
export const QUICK_RANGES_SEC = [300, 900, 1_800, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, DAY, 2 * DAY, 7 * DAY, 30 * DAY] as const;
export const FIRST_RANGE: TimeRange = { kind: 'last', sec: 3_600 };
/** A drag over less is a slip of the hand, and no sample is that close to another. */
export const SHORTEST_SEC = 1;
const LONGEST_SEC = 3_650 * DAY;

export function spanOf(range: TimeRange, nowSec: number): Span {
  return range.kind === 'last' ? { fromSec: nowSec - range.sec, toSec: nowSec } : { fromSec: range.fromSec, toSec: range.toSec };
}

/** A step of half the range to the past (-1) or the future (+1), never beyond now. */
export function shifted(range: TimeRange, direction: -1 | 1, nowSec: number): TimeRange {
  const { fromSec, toSec } = spanOf(range, nowSec);
  const by = Math.min((direction * (toSec - fromSec)) / 2, nowSec - toSec);
  return between(fromSec + by, toSec + by);
}

/** Twice as long around the same middle, and never beyond now. */
export function widened(range: TimeRange, nowSec: number): TimeRange {
  if (range.kind === 'last') return { kind: 'last', sec: Math.min(LONGEST_SEC, range.sec * 2) };
  const sec = Math.min(LONGEST_SEC, (range.toSec - range.fromSec) * 2);
  const toSec = Math.min(nowSec, range.toSec + (range.toSec - range.fromSec) / 2);
  return between(Math.max(0, toSec - sec), toSec);
}

/** Whole seconds, in order, and at least a second long. */
export function between(aSec: number, bSec: number): TimeRange {
  const fromSec = Math.floor(Math.min(aSec, bSec));
  return { kind: 'between', fromSec, toSec: Math.max(fromSec + SHORTEST_SEC, Math.floor(Math.max(aSec, bSec))) };
}

const UNIT_NAMES = [
  { sec: DAY, one: 'day', many: 'days' },
  { sec: 3_600, one: 'hour', many: 'hours' },
  { sec: 60, one: 'minute', many: 'minutes' },
] as const;

/** `Last hour`, `Last 15 minutes`, `2026-11-23 08:00:00 to 09:00:00`. */
export function rangeText(range: TimeRange): string {
  if (range.kind === 'between') {
    const [from, to] = [localText(range.fromSec), localText(range.toSec)];
    return from.slice(0, 10) === to.slice(0, 10) ? `${from} to ${to.slice(11)}` : `${from} to ${to}`;
  }
  const unit = UNIT_NAMES.find(({ sec }) => range.sec >= sec && range.sec % sec === 0);
  if (unit === undefined) return `Last ${durationText(range.sec)}`;
  const count = range.sec / unit.sec;
  return count === 1 ? `Last ${unit.one}` : `Last ${count} ${unit.many}`;
}

/** `2026-11-23 08:00:00` in the reader's zone. */
export function localText(sec: number): string {
  const time = new Date(sec * 1_000);
  const pad = (part: number): string => String(part).padStart(2, '0');
  const date = [String(time.getFullYear()).padStart(4, '0'), pad(time.getMonth() + 1), pad(time.getDate())].join('-');
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join(':')}`;
}

const LOCAL = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Reads what `localText` writes, also without seconds or without a time, and `now`; null for anything else. */
export function parseLocal(text: string, nowSec: number): number | null {
  const trimmed = text.trim();
  if (trimmed === 'now') return Math.floor(nowSec);
  const parts = LOCAL.exec(trimmed)?.slice(1).map((part) => Number(part ?? 0));
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = new Date(year, month - 1, day, hour, minute, second);
  // The 31st of February is another day by then.
  return time.getMonth() === month - 1 && time.getDate() === day && hour < 24 && minute < 60 && second < 60 ? time.getTime() / 1_000 : null;
}
