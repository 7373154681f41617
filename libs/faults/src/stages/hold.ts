import type { Emission, StreamStage } from '../stream-stage.js';

/** Nothing leaves until the stage is taken away; then everything does. */
export class Hold implements StreamStage {
  readonly removal = 'flush';

  data(bytes: Uint8Array): readonly Emission[] {
    return [{ type: 'data', atMs: Infinity, bytes }];
  }

  end(): readonly Emission[] {
    return [{ type: 'end', atMs: Infinity }];
  }
}
