import type { Emission, StreamStage } from '../stream-stage.js';

/** Everything passes until the connection is reset, `afterMs` after the start. */
export class ResetAfter implements StreamStage {
  readonly removal = 'flush';

  constructor(private readonly afterMs: number) {}

  start(nowMs: number): readonly Emission[] {
    return [{ type: 'reset', atMs: nowMs + this.afterMs }];
  }

  data(bytes: Uint8Array, stampMs: number): readonly Emission[] {
    return [{ type: 'data', atMs: stampMs, bytes }];
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'end', atMs: stampMs }];
  }
}
