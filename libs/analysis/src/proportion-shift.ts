import type { Interval } from './hodges-lehmann.js';
import { normalCdf } from './normal.js';

/** Failures and requests a step. */
export interface Tally {
  readonly hits: number;
  readonly total: number;
}
export interface ProportionShift {
  readonly shift: number;
  /** Two-sided. */
  readonly p: number;
  interval(z: number): Interval;
}

/**
 * The difference of two shares from their totals. Failures are rare: most steps have none, so the median difference of steps is 0 even when one request
 * in ten fails, and only totals show it. Totals pretend that requests fail independently; what the steps show beyond that (`dispersion`) and their memory
 * (`vif`) shrink the number of requests that count. Interval: Newcombe 1998, method 10. Needs a request on either side.
 */
export function proportionShift(x: readonly Tally[], y: readonly Tally[], vif: number): ProportionShift {
  const scale = vif * dispersion(x, y);
  const a = { share: shareOf(x), total: totalOf(x) / scale };
  const b = { share: shareOf(y), total: totalOf(y) / scale };
  const shift = a.share - b.share;
  const pooled = (a.share * a.total + b.share * b.total) / (a.total + b.total);
  const sigma = Math.sqrt(pooled * (1 - pooled) * (1 / a.total + 1 / b.total));
  return {
    shift,
    p: sigma === 0 ? 1 : Math.min(1, 2 * normalCdf(-Math.abs(shift) / sigma)),
    interval: (z) => newcombe({ shift, a: wilson(a, z), b: wilson(b, z) }),
  };
}

interface Share {
  readonly share: number;
  readonly total: number;
}
interface Limits {
  readonly toLow: number;
  readonly toHigh: number;
}

/** Distances from a share to the ends of its Wilson score interval: sensible also at 0 and 1. */
function wilson({ share, total }: Share, z: number): Limits {
  const z2 = z * z;
  const centre = (share + z2 / (2 * total)) / (1 + z2 / total);
  const half = (z / (1 + z2 / total)) * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  return { toLow: share - (centre - half), toHigh: centre + half - share };
}

function newcombe({ shift, a, b }: { shift: number; a: Limits; b: Limits }): Interval {
  return { low: shift - Math.hypot(a.toLow, b.toHigh), high: shift + Math.hypot(a.toHigh, b.toLow) };
}

/** Pearson's chi-square over degrees of freedom, pooled; below 1 it is luck, not knowledge. */
function dispersion(x: readonly Tally[], y: readonly Tally[]): number {
  const degrees = x.length + y.length - 2;
  return degrees > 0 ? Math.max(1, (chiSquare(x) + chiSquare(y)) / degrees) : 1;
}

function chiSquare(steps: readonly Tally[]): number {
  const share = shareOf(steps);
  const unit = share * (1 - share);
  if (unit === 0) return 0;
  return steps.reduce((sum, { hits, total }) => (total === 0 ? sum : sum + (hits - total * share) ** 2 / (total * unit)), 0);
}

function totalOf(steps: readonly Tally[]): number {
  return steps.reduce((sum, { total }) => sum + total, 0);
}

function shareOf(steps: readonly Tally[]): number {
  return steps.reduce((sum, { hits }) => sum + hits, 0) / totalOf(steps);
}
