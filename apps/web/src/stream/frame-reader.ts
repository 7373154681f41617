import { FrameDecoder } from '#traffic';
import { EMPTY_FOLD, foldFrame } from '../model/fold-frame.js';
import type { World } from '../model/world.js';
import type { WorldStore } from './world-store.js';

export interface FrameReaderOptions {
  readonly store: WorldStore;
  /** Asks the server for a new start. */
  resync(): void;
  nowMs(): number;
  /** Nobody looks: numbers are kept up to date, but no reader is woken for them. */
  isHidden(): boolean;
}

// A tick comes each second: three of them missing is no longer a late packet.
const STALE_AFTER_MS = 3_500;

/** Bytes to worlds. A frame that does not continue the last one, or cannot be read, is answered by asking for a new start: never by guessing. */
export class FrameReader {
  private decoder = new FrameDecoder();
  private fold = EMPTY_FOLD;
  private readAtMs = 0;
  private asked = false;

  constructor(private readonly options: FrameReaderOptions) {}

  /** A new connection: what comes next begins with a dictionary. */
  startOver(): void {
    this.decoder = new FrameDecoder();
    this.asked = false;
  }

  read(bytes: Uint8Array): void {
    try {
      this.decode(bytes);
    } catch {
      // Bytes that make no sense leave the decoder unusable; the last world stays on screen until a new start arrives.
      this.decoder = new FrameDecoder();
      this.askForStart();
    }
  }

  setStatus(status: World['status']): void {
    if (this.fold.world.status === status || this.fold.world.status === 'signed-out') return;
    this.fold = { ...this.fold, world: Object.freeze({ ...this.fold.world, status }) };
    this.publish();
  }

  /** Called now and then: without a tick for three ticks, what is shown is old. */
  checkAge(): void {
    const ageMs = this.options.nowMs() - this.readAtMs;
    if (this.fold.world.status === 'live' && ageMs > STALE_AFTER_MS) this.setStatus('stale');
  }

  publish(): void {
    this.options.store.set(this.fold.world);
  }

  private decode(bytes: Uint8Array): void {
    const frame = this.decoder.decode(bytes);
    if (frame.type === 'gap') return this.askForStart();
    this.fold = foldFrame(this.fold, frame);
    // Names and nodes without numbers are half a picture: the keyframe that follows at once completes it.
    if (frame.type === 'dictionary' || frame.type === 'topology' || frame.type === 'reset') return;
    if (frame.type === 'event') return this.publish();
    this.asked = false;
    this.readAtMs = this.options.nowMs();
    if (!this.options.isHidden()) this.publish();
  }

  private askForStart(): void {
    if (this.asked) return;
    this.asked = true;
    this.options.resync();
  }
}
