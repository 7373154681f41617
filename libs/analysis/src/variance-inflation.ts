/** A value a step, in the order of time; null where nothing was measured. */
export type Series = readonly (number | null)[];

export interface Memory {
  /** Lag-1 autocorrelation, pooled over both windows and corrected for its bias in short ones. */
  readonly phi: number;
  /** How many dependent points are worth one independent one. */
  readonly vif: number;
}

// A series beyond this is nearly a straight line: the factor would grow without bound on the noise of its estimate.
const MAX_PHI = 0.97;

/**
 * Neighbouring seconds resemble each other, so they prove less than their number says: an uncorrected test at 5 % calls 15 to 50 % of unchanged pairs
 * changed. AR(1) model: VIF = (1 + phi) / (1 - phi).
 */
export function varianceInflation(x: Series, y: Series): Memory {
  const windows = [x, y].map(centred);
  const present = windows.map((window) => window.filter((value) => value !== null).length);
  const phi = windows.reduce((sum, window) => sum + lagProducts(window), 0) / windows.reduce((sum, window) => sum + squares(window), 0);
  const raw = Number.isNaN(phi) ? 0 : phi;
  const corrected = Math.min(MAX_PHI, Math.max(0, raw + (1 + 4 * raw) / Math.min(...present)));
  return { phi: corrected, vif: (1 + corrected) / (1 - corrected) };
}

function centred(window: Series): (number | null)[] {
  const values = window.filter((value) => value !== null);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return window.map((value) => (value === null ? null : value - mean));
}

function squares(window: Series): number {
  return window.reduce((sum: number, value) => sum + (value ?? 0) ** 2, 0);
}

/** A gap breaks the chain: its two sides are not neighbours. */
function lagProducts(window: Series): number {
  let sum = 0;
  for (let i = 1; i < window.length; i++) sum += (window[i] ?? 0) * (window[i - 1] ?? 0);
  return sum;
}
