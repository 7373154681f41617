/** Prometheus refuses a range query that asks for more points of a series. */
export const MAX_POINTS = 11_000;
// About one for every three pixels of a wide screen: more cannot be told apart.
const AUTO_POINTS = 300;

const MINUTE = 60;
const HOUR = 3_600;
const NICE_STEPS_SEC = [1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];

/** The step of a query; `raised` when a smaller one was asked for than the server would answer. */
export interface StepChoice {
  readonly sec: number;
  readonly raised: boolean;
}

/** `askedSec` null: by the length of the range. */
export function chooseStep(rangeSec: number, askedSec: number | null): StepChoice {
  if (askedSec === null) return { sec: niceStep(rangeSec / AUTO_POINTS), raised: false };
  return pointCount(rangeSec, askedSec) > MAX_POINTS ? { sec: niceStep(rangeSec / (MAX_POINTS - 1)), raised: true } : { sec: askedSec, raised: false };
}

/** Points of one series from start to end, both included. */
export function pointCount(rangeSec: number, stepSec: number): number {
  return Math.floor(rangeSec / stepSec) + 1;
}

function niceStep(leastSec: number): number {
  const days = 24 * HOUR;
  return NICE_STEPS_SEC.find((sec) => sec >= leastSec) ?? Math.ceil(leastSec / days) * days;
}
