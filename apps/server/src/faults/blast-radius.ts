import { AppError } from '#contracts';
import type { FaultLimits } from '../config/config.js';

/** What somebody asks for, as far as the limits go. */
export interface Reach {
  readonly targets: number;
  readonly durationMs: number;
  /** Faults that may act already, or are about to. */
  readonly active: number;
  /** All targets of that type that are known; null for a target that somebody named. */
  readonly known: number | null;
}

/** Throws BLAST_RADIUS_EXCEEDED, naming the first limit that the reach is beyond. */
export function checkReach(reach: Reach, limits: FaultLimits): void {
  const { targets, durationMs, active, known } = reach;
  const durationSec = durationMs / 1_000;
  if (durationSec > limits.maxFaultDurationSec) throw exceeded(`a fault of ${durationSec} s`, `${limits.maxFaultDurationSec} s`, 'FAULTLINE_MAX_FAULT_DURATION_SEC');
  if (active + targets > limits.maxActiveFaults) throw exceeded(`${active + targets} active faults`, String(limits.maxActiveFaults), 'FAULTLINE_MAX_ACTIVE_FAULTS');
  const allowed = known === null ? Infinity : allowedTargets(known, limits.maxSelectedPercent);
  if (targets > allowed) throw exceeded(`faults on ${targets} of the ${known} known targets`, `${allowed} of them`, 'FAULTLINE_MAX_SELECTED_PERCENT');
}

// Rounded down, because it is a limit; but to pick one target is what anybody may do without a selector as well.
function allowedTargets(known: number, maxPercent: number): number {
  return Math.max(1, Math.floor((known * maxPercent) / 100));
}

function exceeded(asked: string, allowed: string, setting: string): AppError {
  return new AppError('BLAST_RADIUS_EXCEEDED', { asked, allowed, setting });
}
