const WINDOW_FRAMES = 30;
// Below 30 frames a second the eye sees steps; fewer pixels are noticed less.
const SLOW_MS = 34;
// Beyond two pixels a pixel nobody sees a difference, only the battery does.
const RATIOS = [2, 1.5, 1] as const;
// A machine that draws in software draws with the cores that run everything else: for each frame they get half as long for themselves.
const SOFTWARE_REST = 0.5;
const MAX_INTERVAL_MS = 300;

/** Pixel ratio and pace by how long frames really take. The ratio only steps down: going up and down would be seen more than either. */
export class AdaptiveQuality {
  private readonly ratios: readonly number[];
  private intervals: number[] = [];
  private level = 0;
  private softwareIntervalMs = 0;

  constructor(deviceRatio: number) {
    const best = Math.min(RATIOS[0], deviceRatio);
    this.ratios = [best, ...RATIOS.filter((ratio) => ratio < best)];
  }

  get pixelRatio(): number {
    return this.ratios[this.level] ?? 1;
  }

  /** The shortest time from one frame to the next. */
  get minIntervalMs(): number {
    return this.softwareIntervalMs;
  }

  /** Takes note of the time between two frames; true when the pixel ratio changed. */
  noteInterval(intervalMs: number): boolean {
    // Where pauses are made on purpose, the time between frames says nothing.
    if (this.softwareIntervalMs > 0) return false;
    this.intervals.push(intervalMs);
    if (this.intervals.length < WINDOW_FRAMES) return false;
    const median = this.intervals.sort((a, b) => a - b)[WINDOW_FRAMES / 2] ?? 0;
    this.intervals = [];
    if (median <= SLOW_MS || this.level === this.ratios.length - 1) return false;
    this.level += 1;
    return true;
  }

  /** Takes note of what one frame cost a machine that draws in software. */
  noteSoftwareFrame(costMs: number): void {
    const wantedMs = Math.min(MAX_INTERVAL_MS, costMs * (1 + SOFTWARE_REST));
    // Half of the way each time: one frame that was interrupted should not slow the next ten.
    this.softwareIntervalMs = this.softwareIntervalMs === 0 ? wantedMs : (this.softwareIntervalMs + wantedMs) / 2;
  }
}
