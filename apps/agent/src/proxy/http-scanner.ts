import { BodyScanner } from './body-scanner.js';
import { HeadScanner } from './head-scanner.js';
import type { MessageRole } from './head-scanner.js';
import { CR, LF } from './http-bytes.js';

/**
 * `start` before the first byte of a message, `head` behind its head, `end` behind its last byte; `more` at the end of the chunk;
 * `violation` where the bytes stop being HTTP/1.x that every server frames the same way: the scanner must not be asked again.
 */
export type ScanEvent = 'start' | 'head' | 'end' | 'more' | 'violation';

/**
 * Frames a stream of HTTP/1.x messages of one direction without keeping or changing a byte.
 *
 *     .. [start] GET / HTTP/1.1 .. CRLF CRLF [head] body [end] [start] POST ..
 */
export class HttpScanner {
  readonly head: HeadScanner;
  event: ScanEvent = 'more';
  private readonly body = new BodyScanner();
  private phase: 'between' | 'head' | 'body' = 'between';

  constructor(private readonly role: MessageRole) {
    this.head = new HeadScanner(role);
  }

  get problem(): string {
    return this.head.problem ?? this.body.problem ?? 'unknown';
  }

  /** Reads from `at` to the next event and gives the offset where it stands. An event may come without a byte being read. */
  scan(chunk: Uint8Array, at: number): number {
    switch (this.phase) {
      case 'between':
        return this.findStart(chunk, at);
      case 'head':
        return this.readHead(chunk, at);
      case 'body':
        return this.readBody(chunk, at);
    }
  }

  /** After `head` of a response: it has no body whatever its headers say, because it answers HEAD (RFC 9112 section 6.3). */
  skipBody(): void {
    this.body.beginEmpty();
  }

  /** True when the connection's end is the proper end of the message that is being read. */
  get endsAtClose(): boolean {
    return this.phase === 'body' && this.body.endsAtClose;
  }

  private findStart(chunk: Uint8Array, from: number): number {
    let at = from;
    // Empty lines before a request line are ignored (RFC 9112 section 2.2): old clients send one behind a body.
    if (this.role === 'request') while (at < chunk.length && (chunk[at] === CR || chunk[at] === LF)) at++;
    if (at === chunk.length) return this.report('more', at);
    this.head.begin();
    this.phase = 'head';
    return this.report('start', at);
  }

  private readHead(chunk: Uint8Array, from: number): number {
    const at = this.head.scan(chunk, from);
    if (this.head.problem !== null) return this.report('violation', at);
    if (!this.head.done) return this.report('more', at);
    this.beginBody();
    this.phase = 'body';
    return this.report('head', at);
  }

  private beginBody(): void {
    const { head, body } = this;
    const bodiless = this.role === 'response' && (head.status < 200 || head.status === 204 || head.status === 304);
    if (bodiless) body.beginEmpty();
    else if (head.transferEncoding === 'chunked') body.beginChunked();
    else if (head.contentLength >= 0) body.beginBytes(head.contentLength);
    else if (this.role === 'response') body.beginUntilClose();
    else body.beginEmpty();
  }

  private readBody(chunk: Uint8Array, from: number): number {
    const at = this.body.scan(chunk, from);
    if (this.body.problem !== null) return this.report('violation', at);
    if (!this.body.done) return this.report('more', at);
    this.phase = 'between';
    return this.report('end', at);
  }

  private report(event: ScanEvent, at: number): number {
    this.event = event;
    return at;
  }
}
