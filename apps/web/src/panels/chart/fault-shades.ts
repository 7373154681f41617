import type { FaultView } from '#contracts';
import { PALETTE } from '../../model/palette.js';
import type { ChartShade } from './plot-options.js';

/** Alpha 22 %: the line over it keeps its contrast. */
export const FAULT_SHADE = `${PALETTE.fault}38`;
const NO_SHADES: readonly ChartShade[] = [];

/** When a fault acted, or acts: from its confirmed start to its confirmed end, or to the end that it will have. */
export function faultShades(fault: FaultView | null): readonly ChartShade[] {
  const endedAt = fault?.revertedAt ?? fault?.endsAt;
  if (fault?.appliedAt == null || endedAt == null) return NO_SHADES;
  return [{ fromSec: Date.parse(fault.appliedAt) / 1_000, toSec: Date.parse(endedAt) / 1_000, colour: FAULT_SHADE }];
}
