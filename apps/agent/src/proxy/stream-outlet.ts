import type { Downward } from './stream-section.js';

/** Where the bytes of a stream go in the end. */
export interface OutletTo {
  data(bytes: Buffer): void;
  end(): void;
}

/** The end of a pipe. It can be held shut: what arrives then waits in order. */
export class StreamOutlet implements Downward {
  private shut = false;
  /** Null stands for the end of the stream. */
  private waiting: (Buffer | null)[] = [];

  constructor(
    private readonly to: OutletTo,
    private readonly host: { held(bytes: number): void },
  ) {}

  get open(): boolean {
    return !this.shut && this.waiting.length === 0;
  }

  data(bytes: Uint8Array): void {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (this.open) this.to.data(buffer);
    else this.wait(buffer);
  }

  end(): void {
    if (this.open) this.to.end();
    else this.wait(null);
  }

  hold(): void {
    this.shut = true;
  }

  release(): void {
    this.shut = false;
    while (!this.shut && this.waiting.length > 0) this.letOut(this.waiting.shift() ?? null);
  }

  drop(): void {
    this.waiting = [];
  }

  private wait(item: Buffer | null): void {
    this.waiting.push(item);
    this.host.held(item?.length ?? 0);
  }

  private letOut(item: Buffer | null): void {
    this.host.held(-(item?.length ?? 0));
    if (item === null) this.to.end();
    else this.to.data(item);
  }
}
