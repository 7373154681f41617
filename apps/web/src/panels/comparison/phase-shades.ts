import type { ComparisonView } from '#contracts';
import { FAULT_SHADE } from '../chart/fault-shades.js';
import type { ChartShade } from '../chart/plot-options.js';

// The fault is the loud one; before and after are the same quiet grey, because they are what it is held against.
const QUIET = '#9FB0C014';

/** The windows that were compared. Seconds between them belong to no phase, stay unshaded and were not tested. */
export function phaseShades({ before, during, after }: ComparisonView['windows']): readonly ChartShade[] {
  const shade = (window: typeof before, colour: string): ChartShade[] => (window === null ? [] : [{ fromSec: window.fromSec, toSec: window.toSec, colour }]);
  return [...shade(before, QUIET), ...shade(during, FAULT_SHADE), ...shade(after, QUIET)];
}
