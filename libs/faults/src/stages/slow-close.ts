import type { Emission, StreamStage } from '../stream-stage.js';

/** Bytes pass at once, the end of the stream `delayMs` late. */
export class SlowClose implements StreamStage {
  readonly removal = 'flush';

  constructor(private readonly delayMs: number) {}

  data(bytes: Uint8Array, stampMs: number): readonly Emission[] {
    return [{ type: 'data', atMs: stampMs, bytes }];
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'end', atMs: stampMs + this.delayMs }];
  }
}
