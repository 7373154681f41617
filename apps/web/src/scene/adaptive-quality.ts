const WINDOW_FRAMES = 20;
// Below 30 frames a second the eye sees steps; fewer pixels are noticed less.
const SLOW_MS = 34;
// A machine that cannot keep 15 frames a second with the fewest pixels draws in software: it gets pauses, so that the rest of the page lives.
const VERY_SLOW_MS = 66;
// Beyond two pixels a pixel nobody sees a difference, only the battery does.
const RATIOS = [2, 1.5, 1] as const;
const RESTING_INTERVAL_MS = 90;

/** Pixel ratio and pace by how long frames really take. It only steps down: going up and down would be seen more than either. */
export class AdaptiveQuality {
  private intervals: number[] = [];
  private readonly ratios: readonly number[];
  private level = 0;
  private resting = false;

  constructor(deviceRatio: number) {
    const best = Math.min(RATIOS[0], deviceRatio);
    this.ratios = [best, ...RATIOS.filter((ratio) => ratio < best)];
  }

  get pixelRatio(): number {
    return this.ratios[this.level] ?? 1;
  }

  get minIntervalMs(): number {
    return this.resting ? RESTING_INTERVAL_MS : 0;
  }

  /** Takes note of one frame; true when the pixel ratio changed. */
  note(intervalMs: number): boolean {
    this.intervals.push(intervalMs);
    if (this.intervals.length < WINDOW_FRAMES) return false;
    const median = this.intervals.sort((a, b) => a - b)[WINDOW_FRAMES / 2] ?? 0;
    this.intervals = [];
    if (median <= SLOW_MS || this.resting) return false;
    if (this.level < this.ratios.length - 1) {
      this.level += 1;
      return true;
    }
    this.resting = median > VERY_SLOW_MS;
    return false;
  }
}
