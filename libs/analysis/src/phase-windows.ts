import type { Phase, PhaseWindow } from '#contracts';

// Under a minute of quiet there are too few points to judge; over ten the daily rhythm of the load begins to count as change.
const MIN_WINDOW_SEC = 60;
export const MAX_WINDOW_SEC = 600;
// Reports of a second arrive within tens of milliseconds after it and are committed at once; two seconds leave room for a slow commit.
const SETTLE_SEC = 2;

export type PhaseWindows = Readonly<Record<Phase, PhaseWindow | null>>;
export interface FaultTimes {
  /** When the agent confirmed that the fault acts, unix milliseconds; null while it has not. */
  readonly appliedAtMs: number | null;
  /** When the agent confirmed that the target is clean; null while it has not. */
  readonly revertedAtMs: number | null;
  readonly nowSec: number;
}

/**
 * Windows in whole unix seconds. The second of a change mixes both regimes and the one before it may, by what the clocks differ: neither is in a window.
 *
 *     before                 A-1  A   during            R-1  R   after
 *     [clamp(during length) ) x   x  [                 ) x   x  [clamp(during length) )
 *
 * A window that is not complete reaches as far as seconds have settled. Null: it has not begun, or the fault was too short to have one.
 */
export function phaseWindows({ appliedAtMs, revertedAtMs, nowSec }: FaultTimes): PhaseWindows {
  if (appliedAtMs === null) return { before: null, during: null, after: null };
  const appliedSec = Math.floor(appliedAtMs / 1_000);
  const settledSec = nowSec - SETTLE_SEC;
  const ended = revertedAtMs === null ? null : Math.floor(revertedAtMs / 1_000);
  const during = filling({ fromSec: appliedSec + 1, endSec: ended === null ? null : ended - 1, settledSec });
  const lengthSec = comparedLengthSec(during);
  const before = { fromSec: appliedSec - 1 - lengthSec, toSec: appliedSec - 1, complete: ended !== null && settledSec >= ended - 1 };
  const after = ended === null ? null : filling({ fromSec: ended + 1, endSec: ended + 1 + lengthSec, settledSec });
  return { before, during, after };
}

/** How long the windows before and after a fault are, given the one during it. */
export function comparedLengthSec(during: PhaseWindow | null): number {
  return Math.min(MAX_WINDOW_SEC, Math.max(MIN_WINDOW_SEC, during === null ? 0 : during.toSec - during.fromSec));
}

function filling({ fromSec, endSec, settledSec }: { fromSec: number; endSec: number | null; settledSec: number }): PhaseWindow | null {
  const toSec = Math.min(endSec ?? settledSec, settledSec);
  return toSec > fromSec ? { fromSec, toSec, complete: toSec === endSec } : null;
}
