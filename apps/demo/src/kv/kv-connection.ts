import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { encodeCommand } from './protocol.js';
import type { Command, Reply } from './protocol.js';
import { ReplyParser } from './reply-parser.js';

export type KvResult =
  | { readonly kind: 'replied'; readonly reply: Reply }
  | { readonly kind: 'failed'; readonly reason: 'timeout' | 'unreachable' | 'busy' };

/** One connection to the cache with at most one command under way. After a failure it is not `usable` any more: it would be out of step. */
export class KvConnection {
  readonly #socket: Socket;
  readonly #parser = new ReplyParser();
  #settle: ((result: KvResult) => void) | null = null;

  constructor(host: string, port: number) {
    this.#socket = connect({ host, port, noDelay: true });
    this.#socket.on('data', (bytes) => this.#received(bytes));
    this.#socket.on('error', () => this.#fail('unreachable'));
    this.#socket.on('close', () => this.#fail('unreachable'));
  }

  get usable(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  exchange(command: Command, timeoutMs: number | null): Promise<KvResult> {
    return new Promise((resolve) => {
      const timer = timeoutMs === null ? null : setTimeout(() => this.#fail('timeout'), timeoutMs);
      this.#settle = (result) => {
        if (timer !== null) clearTimeout(timer);
        this.#settle = null;
        resolve(result);
      };
      this.#socket.write(encodeCommand(command));
    });
  }

  #received(bytes: Uint8Array): void {
    const replies = this.#parser.feed(bytes);
    if (replies !== 'broken' && replies.length === 0) return;
    // More answers than questions: whatever is at the other end, it is not in step with us.
    if (replies === 'broken' || replies.length > 1 || this.#settle === null) return this.#fail('unreachable');
    for (const reply of replies) this.#settle({ kind: 'replied', reply });
  }

  #fail(reason: 'timeout' | 'unreachable'): void {
    this.#settle?.({ kind: 'failed', reason });
    this.#socket.destroy();
  }
}
