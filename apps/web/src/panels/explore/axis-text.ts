const SCALES = [
  { from: 1e12, suffix: ' T' },
  { from: 1e9, suffix: ' G' },
  { from: 1e6, suffix: ' M' },
  { from: 1e3, suffix: ' k' },
  { from: 0, suffix: '' },
] as const;
const MOST_DIGITS = 12;
// Beyond these a number of plain digits is longer than its exponent.
const [TINY, HUGE] = [1e-6, 1e15];
const DAY = 86_400;
// A line should touch neither end of its axis.
const ROOM = 0.08;

/** The values of an axis, all in one scale and with as many digits as tell them apart: `1.001 M`, `1.002 M`. */
export function valueTexts(values: readonly number[]): readonly string[] {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest > HUGE || (largest > 0 && largest < TINY)) return values.map((value) => (value === 0 ? '0' : withMinus(value.toExponential(2))));
  const { from, suffix } = SCALES.find((scale) => largest >= scale.from) ?? { from: 0, suffix: '' };
  const unit = from === 0 ? 1 : from;
  const digits = digitsFor(stepOf(values) / unit);
  return values.map((value) => (value === 0 ? '0' : `${withMinus((value / unit).toFixed(digits))}${suffix}`));
}

/** The times of an axis: seconds only where steps are shorter than a minute, days alone where they are days, and the day where a new one begins. */
export function timeTexts(secs: readonly number[], incrementSec: number): readonly string[] {
  return secs.map((sec) => {
    const time = new Date(sec * 1_000);
    const day = `${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
    if (incrementSec >= DAY || (time.getHours() === 0 && time.getMinutes() === 0 && time.getSeconds() === 0)) return day;
    const minute = `${pad(time.getHours())}:${pad(time.getMinutes())}`;
    return incrementSec >= 60 ? minute : `${minute}:${pad(time.getSeconds())}`;
  });
}

/** Bounds of the value axis: room on both sides, and from zero where zero is near. Null for both where nothing is drawn. */
export function valueBounds(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  if (low === high) return low === 0 ? [0, 1] : [Math.min(0, low * 1.1), Math.max(0, low * 1.1)];
  const room = (high - low) * ROOM;
  const spread = high - low + room;
  return [low >= 0 && low <= spread ? 0 : low - room, high <= 0 && -high <= spread ? 0 : high + room];
}

function stepOf(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value)));
  return steps.length === 0 ? Math.abs(values[0] ?? 1) : Math.min(...steps);
}

/** Digits after the point that a step of this size needs. */
function digitsFor(step: number): number {
  if (!(step > 0)) return 0;
  // A step of 0.25 needs one more than a step of 0.2.
  const whole = Math.max(0, Math.ceil(-Math.log10(step)));
  const digits = [whole, whole + 1].find((count) => Math.abs(Number(step.toFixed(count)) - step) < step * 0.001) ?? whole + 1;
  return Math.min(MOST_DIGITS, digits);
}

function withMinus(text: string): string {
  return text.replace('-', '−');
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
