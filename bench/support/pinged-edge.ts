import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * One kept connection through a proxied edge that is pinged without pause while it is watched: a ping that takes longer than `slowMs` was
 * affected, and since the next one leaves at once, its sending time is when the effect was first seen, to within one round trip.
 */
export class PingedEdge {
  private onEcho: (() => void) | null = null;

  private constructor(private readonly socket: Socket) {
    socket.on('data', () => this.onEcho?.());
    socket.on('error', () => socket.destroy());
  }

  static open(port: number): Promise<PingedEdge> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('connect', () => resolve(new PingedEdge(socket))).once('error', reject);
    });
  }

  /** Pings until one is slow; gives the moment at which that one was sent. Its echo may still be on its way. */
  async firstSlow(slowMs: number): Promise<number> {
    for (;;) {
      const sentAtMs = performance.now();
      const quick = await Promise.race([this.echo(), late(slowMs)]);
      if (!quick) return sentAtMs;
    }
  }

  /** The moment at which the echo that is owed arrives. */
  async nextEcho(): Promise<number> {
    await new Promise<void>((resolve) => (this.onEcho = resolve));
    this.onEcho = null;
    return performance.now();
  }

  /** Sends one ping whose echo is awaited by `nextEcho`. */
  ping(): void {
    this.socket.write('p');
  }

  close(): void {
    this.socket.destroy();
  }

  private async echo(): Promise<true> {
    this.ping();
    await this.nextEcho();
    return true;
  }
}

function late(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}
