import type { FaultView } from '#contracts';
import { FAULT_SHADE, faultShades } from '../chart/fault-shades.js';
import type { ChartShade } from '../chart/plot-options.js';
import type { Span } from './time-range.js';

/** Faults that acted, or act, in this span, the earliest first. */
export function faultsIn(faults: readonly FaultView[], { fromSec, toSec }: Span): readonly FaultView[] {
  const overlaps = (fault: FaultView): boolean => faultShades(fault).some((shade) => shade.fromSec < toSec && shade.toSec > fromSec);
  return faults.filter(overlaps).toSorted((a, b) => String(a.appliedAt).localeCompare(String(b.appliedAt)));
}

/** Their shades, joined where they overlap: two faults at once are no darker than one. */
export function joinedShades(faults: readonly FaultView[]): readonly ChartShade[] {
  const shades = faults.flatMap(faultShades).toSorted((a, b) => a.fromSec - b.fromSec);
  return shades.reduce<ChartShade[]>((joined, shade) => {
    const last = joined.at(-1);
    if (last === undefined || shade.fromSec > last.toSec) return [...joined, shade];
    return [...joined.slice(0, -1), { fromSec: last.fromSec, toSec: Math.max(last.toSec, shade.toSec), colour: FAULT_SHADE }];
  }, []);
}
