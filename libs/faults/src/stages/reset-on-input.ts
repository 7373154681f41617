import type { Emission, StreamStage } from '../stream-stage.js';

/** The first that comes down the stream, bytes or its end, has the connection reset `afterMs` later. Nothing of it passes. */
export class ResetOnInput implements StreamStage {
  private met = false;

  constructor(private readonly afterMs: number) {}

  /** Once something has come, it is missing from the stream. */
  get removal(): 'flush' | 'reset' {
    return this.met ? 'reset' : 'flush';
  }

  data(_bytes: Uint8Array, stampMs: number): readonly Emission[] {
    return this.meet(stampMs);
  }

  end(stampMs: number): readonly Emission[] {
    return this.meet(stampMs);
  }

  private meet(stampMs: number): readonly Emission[] {
    if (this.met) return [];
    this.met = true;
    return [{ type: 'reset', atMs: stampMs + this.afterMs }];
  }
}
