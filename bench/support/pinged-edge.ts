import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

// Pinging without any pause would keep all cores busy, and then the load of the measurement is what is measured.
const PAUSE_MS = 1;
const ECHO_WITHIN_MS = 60_000;

/**
 * One kept connection through a proxied edge that is pinged while it is watched: a ping that takes longer than `slowMs` was affected, and its
 * sending time is when the effect was first seen, late by the pause and one round trip at most.
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
      await sleep(PAUSE_MS);
    }
  }

  /** The moment at which the echo that is owed arrives. */
  async nextEcho(): Promise<number> {
    await new Promise<void>((resolve) => (this.onEcho = resolve));
    this.onEcho = null;
    return performance.now();
  }

  /** As `nextEcho`; fails when none comes: then none was owed, or the edge is dead. */
  async owedEcho(): Promise<number> {
    const timer = setTimeout(() => this.socket.destroy(new Error('No echo came back.')), ECHO_WITHIN_MS);
    const failed = new Promise<never>((_, reject) => this.socket.once('error', reject));
    return Promise.race([this.nextEcho(), failed]).finally(() => clearTimeout(timer));
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
