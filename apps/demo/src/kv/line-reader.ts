const CR = 0x0d;
const LF = 0x0a;

/** Takes bytes as they come off a socket, in any pieces, and hands out whole lines and whole payloads. */
export class LineReader {
  #pending = Buffer.alloc(0);

  append(bytes: Uint8Array): void {
    this.#pending = this.#pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#pending, bytes]);
  }

  get pendingBytes(): number {
    return this.#pending.length;
  }

  /** The next line without its CR LF; null until all of it is there. A bare LF is accepted, as typed by a person in a terminal. */
  readLine(): string | null {
    const end = this.#pending.indexOf(LF);
    if (end < 0) return null;
    const text = this.#pending.subarray(0, end > 0 && this.#pending[end - 1] === CR ? end - 1 : end).toString('utf8');
    this.#pending = this.#pending.subarray(end + 1);
    return text;
  }

  /** `byteCount` bytes and the CR LF behind them; null until all is there, `broken` if something else stands behind them. */
  readPayload(byteCount: number): Buffer | 'broken' | null {
    if (this.#pending.length < byteCount + 2) return null;
    if (this.#pending[byteCount] !== CR || this.#pending[byteCount + 1] !== LF) return 'broken';
    const payload = Buffer.from(this.#pending.subarray(0, byteCount));
    this.#pending = this.#pending.subarray(byteCount + 2);
    return payload;
  }
}
