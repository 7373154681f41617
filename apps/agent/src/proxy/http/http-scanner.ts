import { BodyScanner } from './body-scanner.js';
import type { HeadFields } from './head-fields.js';
import { HeadScanner } from './head-scanner.js';
import type { MessageRole } from './head-scanner.js';
import { CR, LF } from './http-bytes.js';
import { readWholeHead } from './whole-head.js';

/**
 * `start` before the first byte of a message, `head` behind its head, `payload` behind a piece of its body where that was asked for, `end` behind
 * its last byte; `more` at the end of the chunk; `violation` where the bytes stop being HTTP/1.x that every server frames the same way: the scanner must not be asked again.
 */
export type ScanEvent = 'start' | 'head' | 'payload' | 'end' | 'more' | 'violation';

/**
 * Frames a stream of HTTP/1.x messages of one direction without keeping or changing a byte.
 *
 *     .. [start] GET / HTTP/1.1 .. CRLF CRLF [head] body [end] [start] POST ..
 */
export class HttpScanner {
  /** What the head that was read last said. */
  readonly head: HeadFields;
  event: ScanEvent = 'more';
  private readonly heads: HeadScanner;
  private readonly body = new BodyScanner();
  /** Nothing of the head has been read. */
  private fresh = true;
  private phase: 'between' | 'head' | 'body' = 'between';

  constructor(private readonly role: MessageRole) {
    this.heads = new HeadScanner(role);
    this.head = this.heads.fields;
  }

  get problem(): string {
    return this.heads.problem ?? this.body.problem ?? 'unknown';
  }

  /** Reads from `at` to the next event and gives the offset where it stands. An event may come without a byte being read. */
  scan(chunk: Buffer, at: number): number {
    switch (this.phase) {
      case 'between':
        return this.findStart(chunk, at);
      case 'head':
        return this.readHead(chunk, at);
      case 'body':
        return this.readBody(chunk, at);
    }
  }

  /** After `head`: `payload` is reported for each piece of the body, of at most so many bytes. Holds until the end of the message. */
  watchPayload(pieceBytes: number): void {
    this.body.pieceBytes = pieceBytes;
  }

  /** Offset at which the piece that `payload` reported begins. */
  get payloadFrom(): number {
    return this.body.payloadFrom;
  }

  /** True between a message's `head` and its `end`. */
  get inBody(): boolean {
    return this.phase === 'body';
  }

  /** After `head` of a response: it has no body whatever its headers say, because it answers HEAD (RFC 9112 section 6.3). */
  skipBody(): void {
    this.body.beginEmpty();
  }

  /** True when the connection's end is the proper end of the message that is being read. */
  get endsAtClose(): boolean {
    return this.phase === 'body' && this.body.endsAtClose;
  }

  private findStart(chunk: Buffer, from: number): number {
    let at = from;
    // Empty lines before a request line are ignored (RFC 9112 section 2.2): old clients send one behind a body.
    if (this.role === 'request') while (at < chunk.length && (chunk[at] === CR || chunk[at] === LF)) at++;
    if (at === chunk.length) return this.report('more', at);
    this.heads.begin();
    this.fresh = true;
    this.phase = 'head';
    return this.report('start', at);
  }

  private readHead(chunk: Buffer, from: number): number {
    const whole = this.fresh ? this.readWhole(chunk, from) : -1;
    const at = whole === -1 ? this.heads.scan(chunk, from) : whole;
    this.fresh = false;
    if (this.heads.problem !== null) return this.report('violation', at);
    if (whole === -1 && !this.heads.done) return this.report('more', at);
    this.beginBody();
    this.phase = 'body';
    return this.report('head', at);
  }

  private readWhole(chunk: Buffer, from: number): number {
    const at = readWholeHead(this.role, chunk, from, this.head);
    if (at === -1) this.head.clear();
    return at;
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

  private readBody(chunk: Buffer, from: number): number {
    const at = this.body.scan(chunk, from);
    if (this.body.problem !== null) return this.report('violation', at);
    if (this.body.payloadFrom >= 0) return this.report('payload', at);
    if (!this.body.done) return this.report('more', at);
    this.phase = 'between';
    this.body.pieceBytes = null;
    return this.report('end', at);
  }

  private report(event: ScanEvent, at: number): number {
    this.event = event;
    return at;
  }
}
