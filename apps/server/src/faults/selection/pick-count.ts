import type { Pick } from '#contracts';

/** How many of the matches a pick means, and how that came about: `30 % of 7 is 2.1, rounded up to 3`. */
interface PickCount {
  readonly count: number;
  readonly rounding: string;
}

/** For one match or more. Never 0: what was asked for is not rounded to nothing. */
export function pickCount(pick: Pick, matched: number): PickCount {
  switch (pick.by) {
    case 'all':
      return { count: matched, rounding: `all ${matched}` };
    case 'count':
      if (pick.count > matched) return { count: matched, rounding: `${pick.count} asked for, and all there are is ${matched}` };
      return { count: pick.count, rounding: `${pick.count} of ${matched}` };
    case 'percent':
      return shareOf(pick.percent, matched);
  }
}

// A product of floats such as 7 % of 100 is a hair above the whole number it should be, and must not be rounded up from there.
const DECIMALS = 9;

function shareOf(percent: number, matched: number): PickCount {
  const share = Number(((percent * matched) / 100).toFixed(DECIMALS));
  const count = Math.max(1, Math.ceil(share));
  const is = `${percent} % of ${matched} is ${share}`;
  return { count, rounding: count === share ? is : `${is}, rounded up to ${count}` };
}
