import type { Emission, StreamStage } from '../stream-stage.js';

/** The first `limitBytes` of the stream pass; with the last of them, or with what comes after, the connection is closed. */
export class LimitData implements StreamStage {
  readonly removal = 'flush';
  private passedBytes: number;

  /** What a limit before this one let pass counts. */
  constructor(
    private readonly limitBytes: number,
    previous?: StreamStage,
  ) {
    this.passedBytes = previous instanceof LimitData ? previous.passedBytes : 0;
  }

  data(bytes: Uint8Array, stampMs: number): readonly Emission[] {
    const allowed = bytes.subarray(0, Math.max(0, this.limitBytes - this.passedBytes));
    this.passedBytes += allowed.length;
    const passed: readonly Emission[] = allowed.length > 0 ? [{ type: 'data', atMs: stampMs, bytes: allowed }] : [];
    return this.passedBytes >= this.limitBytes ? [...passed, { type: 'close', atMs: stampMs }] : passed;
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'end', atMs: stampMs }];
  }
}
