// A slow machine draws few frames, but its clock must keep up with the data, or dots would crowd and no longer count. A longer step is a tab that slept.
const MAX_STEP_SEC = 1;
// Without the keyboard's focus nobody looks closely: half the frames save half the power.
const UNFOCUSED_INTERVAL_MS = 30;
const ASK_AGAIN_MS = 12;

export interface LoopOptions {
  /** Draws one frame; true when something still moves, so another is wanted. */
  frame(elapsedSec: number): boolean;
  /** The machine has not finished the last frame: another would only queue up. */
  isBusy(): boolean;
  /** The shortest time between two frames that this machine can keep, milliseconds. */
  minIntervalMs(): number;
  /** Called after each frame that followed another directly. */
  onPace(intervalMs: number): void;
}

/** Frames on demand: none while nothing moves or nobody can see. */
export class RenderLoop {
  private handle = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastMs: number | null = null;
  private disposed = false;

  constructor(private readonly options: LoopOptions) {
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  request(): void {
    if (this.handle !== 0 || this.disposed || document.hidden) return;
    this.handle = requestAnimationFrame(this.run);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    cancelAnimationFrame(this.handle);
    document.removeEventListener('visibilitychange', this.onVisibility);
  }

  private readonly onVisibility = (): void => {
    this.lastMs = null;
    this.request();
  };

  private readonly run = (nowMs: number): void => {
    this.handle = 0;
    if (this.options.isBusy()) return this.requestAfter(ASK_AGAIN_MS);
    const intervalMs = this.lastMs === null ? null : nowMs - this.lastMs;
    if (intervalMs !== null && intervalMs < this.restMs()) return this.requestAfter(this.restMs() - intervalMs);
    this.lastMs = nowMs;
    const moving = this.options.frame(Math.min(MAX_STEP_SEC, (intervalMs ?? 16) / 1_000));
    if (intervalMs !== null) this.options.onPace(intervalMs);
    if (moving) this.request();
    else this.lastMs = null;
  };

  private requestAfter(waitMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.request(), waitMs);
  }

  private restMs(): number {
    return Math.max(this.options.minIntervalMs(), document.hasFocus() ? 0 : UNFOCUSED_INTERVAL_MS);
  }
}
