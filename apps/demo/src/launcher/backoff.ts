const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
// A process that lived this long was well: its next death is a first one again.
const WELL_AFTER_MS = 30_000;

export interface Death {
  /** How long the process had lived. */
  readonly livedMs: number;
  /** Restarts since it was last well. */
  readonly restarts: number;
}

export interface Restart {
  readonly waitMs: number;
  readonly restarts: number;
}

/** Doubles with each death: quick enough that a killed service is back at once, slow enough that a broken one does not eat the machine. */
export function nextRestart({ livedMs, restarts }: Death): Restart {
  const before = livedMs >= WELL_AFTER_MS ? 0 : restarts;
  return { waitMs: Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** before), restarts: before + 1 };
}
