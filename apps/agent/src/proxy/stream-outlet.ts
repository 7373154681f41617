import type { Downward } from './stream-section.js';

/** Where the bytes of a stream go in the end. */
export interface OutletTo {
  data(bytes: Buffer): void;
  end(): void;
  /** A stage ends the connection, by FIN or RST. */
  cut(type: 'close' | 'reset'): void;
}

/** The end of a pipe. It can be held shut: what arrives then waits in order. */
export class StreamOutlet implements Downward {
  private shut = false;
  private waiting: (Buffer | 'end' | 'close')[] = [];

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
    else this.wait('end');
  }

  close(): void {
    if (this.open) this.to.cut('close');
    else this.wait('close');
  }

  hold(): void {
    this.shut = true;
  }

  release(): void {
    this.shut = false;
    while (!this.shut && this.waiting.length > 0) this.letOut(this.waiting.shift()!);
  }

  drop(): void {
    this.waiting = [];
  }

  private wait(item: Buffer | 'end' | 'close'): void {
    this.waiting.push(item);
    if (typeof item !== 'string') this.host.held(item.length);
  }

  private letOut(item: Buffer | 'end' | 'close'): void {
    if (item === 'end') return this.to.end();
    if (item === 'close') return this.to.cut('close');
    this.host.held(-item.length);
    this.to.data(item);
  }
}
