import type { VectorFunction } from './function-kinds.js';

const DAY_MS = 86_400_000;

/** Parts of a date in UTC: of each float, seconds since 1970, or of the step itself where no vector is given. NaN beyond the years that a Date can hold. */
export const DATE_FUNCTIONS = {
  year: partOf((date) => date.getUTCFullYear()),
  month: partOf((date) => date.getUTCMonth() + 1),
  day_of_month: partOf((date) => date.getUTCDate()),
  day_of_week: partOf((date) => date.getUTCDay()),
  day_of_year: partOf((date) => (date.getTime() - new Date(date).setUTCMonth(0, 1)) / DAY_MS + 1),
  days_in_month: partOf(daysInMonth),
  hour: partOf((date) => date.getUTCHours()),
  minute: partOf((date) => date.getUTCMinutes()),
} as const satisfies Record<string, VectorFunction>;

function partOf(part: (date: Date) => number): VectorFunction {
  const ofSeconds = (seconds: number): number => part(new Date(Math.trunc(seconds) * 1000));
  return {
    kind: 'vector',
    evaluate: ([argument], { timeMs }) => {
      if (argument?.type !== 'vector') return [{ labels: [], dropName: false, value: ofSeconds(timeMs / 1000) }];
      return argument.samples.flatMap(({ labels, value }) => (typeof value === 'number' ? [{ labels, dropName: true, value: ofSeconds(value) }] : []));
    },
  };
}

/** Day 0 of the next month is the last of this one. */
function daysInMonth(date: Date): number {
  const last = new Date(date);
  last.setUTCMonth(date.getUTCMonth() + 1, 0);
  return last.getUTCDate();
}
