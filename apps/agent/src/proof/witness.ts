import type { Socket } from 'node:net';
import type { Protocol } from '#contracts';

export interface Arrival {
  readonly atMs: number;
  readonly bytes: number;
}

const HEAD_END = '\r\n\r\n';

/** What one end of a probe's connection got, and when. On http edges one message: a head and a body. */
export class Witness {
  readonly arrivals: Arrival[] = [];
  end: { readonly how: 'closed' | 'reset'; readonly atMs: number } | null = null;
  private chunks: Buffer[] = [];
  private changed: () => void = () => undefined;

  constructor(private readonly protocol: Protocol) {}

  watch(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => {
      this.arrivals.push({ atMs: performance.now(), bytes: chunk.length });
      this.chunks.push(chunk);
      this.changed();
    });
    socket.on('end', () => this.ended('closed'));
    socket.on('error', () => this.ended('reset'));
    socket.on('close', () => this.ended('closed'));
  }

  /** Empty on tcp edges, and as long as it is not whole. */
  get head(): string {
    return this.received.subarray(0, this.headBytes).toString('latin1');
  }

  get body(): Buffer {
    return this.received.subarray(this.headBytes);
  }

  get bytes(): number {
    return this.arrivals.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get firstMs(): number | null {
    return this.arrivals[0]?.atMs ?? null;
  }

  get lastMs(): number | null {
    return this.arrivals.at(-1)?.atMs ?? null;
  }

  /** 0 where there is no status line. */
  get status(): number {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.head)?.[1] ?? 0);
  }

  /** Every value of a header, in order. */
  header(name: string): readonly string[] {
    const prefix = `${name.toLowerCase()}:`;
    const lines = this.head.split('\r\n').filter((line) => line.toLowerCase().startsWith(prefix));
    return lines.map((line) => line.slice(prefix.length).trim());
  }

  /** Resolves once it holds, and after `withinMs` in any case. */
  async until(holds: () => boolean, withinMs: number): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.changed = () => {
        if (!holds()) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.changed = () => undefined;
  }

  private ended(how: 'closed' | 'reset'): void {
    this.end ??= { how, atMs: performance.now() };
    this.changed();
  }

  private get received(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  private get headBytes(): number {
    if (this.protocol === 'tcp') return 0;
    const at = this.received.indexOf(HEAD_END);
    return at < 0 ? this.received.length : at + HEAD_END.length;
  }
}
