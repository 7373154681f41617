import type { Socket } from 'socket.io';
import type { LiveClientEvents, LiveServerEvents } from '#contracts';

export type LiveSocket = Socket<LiveClientEvents, LiveServerEvents>;

// A client that has two frames waiting is a network hiccup behind; with more it would only ever see the past.
const MAX_QUEUED_FRAMES = 2;
// socket.io sends a frame as two packets: a line of text that announces it, and its bytes.
const PACKETS_A_FRAME = 2;
const STUCK_AFTER_MS = 30_000;

/** One browser that watches, and how well it keeps up. */
export class LiveClient {
  private behindSinceMs: number | null = null;

  constructor(private readonly socket: LiveSocket) {}

  send(frames: readonly Uint8Array[]): void {
    for (const frame of frames) this.socket.emit('frame', frame);
  }

  /** More waits for it than it should: it does not read as fast as it is sent to. */
  get isFull(): boolean {
    return this.queuedPackets > MAX_QUEUED_FRAMES * PACKETS_A_FRAME;
  }

  /** Everything that it was sent has left. */
  get isDrained(): boolean {
    return this.queuedPackets === 0 && this.socket.conn.transport.writable;
  }

  // engine.io has no public word for this; its buffer is what the transport has not taken because the one before is still on its way out.
  private get queuedPackets(): number {
    return this.socket.conn['writeBuffer'].length;
  }

  get isBehind(): boolean {
    return this.behindSinceMs !== null;
  }

  fallBehind(nowMs: number): void {
    this.behindSinceMs ??= nowMs;
  }

  catchUp(): void {
    this.behindSinceMs = null;
  }

  isStuck(nowMs: number): boolean {
    return this.behindSinceMs !== null && nowMs - this.behindSinceMs > STUCK_AFTER_MS;
  }

  disconnect(): void {
    this.socket.disconnect(true);
  }

  join(room: string): void {
    void this.socket.join(room);
  }

  leave(room: string): void {
    void this.socket.leave(room);
  }
}
