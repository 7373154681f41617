import type { Emission, StreamStage } from '../stream-stage.js';

/**
 * Bytes vanish, and the connection is closed `closeAfterMs` after the start; null: never. It is closed too when the stream ends, for then nothing
 * is left that could be silent, and when the stage is taken away, for bytes are missing from the stream.
 */
export class Swallow implements StreamStage {
  readonly removal = 'close';

  constructor(private readonly closeAfterMs: number | null) {}

  start(nowMs: number): readonly Emission[] {
    return this.closeAfterMs === null ? [] : [{ type: 'close', atMs: nowMs + this.closeAfterMs }];
  }

  data(): readonly Emission[] {
    return [];
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'close', atMs: stampMs }];
  }
}
