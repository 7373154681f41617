// Over 250 lines because it is one state machine: splitting its states over files would hide which follows which.
import { HeadFields } from './head-fields.js';
import type { KeptHeader } from './head-fields.js';
import { COLON, CONNECT_METHOD, CR, HEAD_METHOD, LF, MAX_HEAD_BYTES, MAX_VALUE_BYTES, MAX_WORD_BYTES, SPACE, TAB, TOKEN, VERSION_PREFIX, keptHeader, startsWith } from './http-bytes.js';

export type MessageRole = 'request' | 'response';

const METHOD = 0;
const TARGET = 1;
const VERSION = 2;
const FIRST_LINE_END = 3;
const STATUS = 4;
const REASON = 5;
const NAME = 6;
const VALUE = 7;
const KEPT_VALUE = 8;
const LINE_LF = 9;
const END_LF = 10;
const DONE = 11;
const FAILED = 12;

/**
 * Reads one HTTP/1.1 head (RFC 9112 sections 2 to 5) byte by byte, in as many pieces as it arrives in, and keeps only what frames the message.
 *
 *     request:  METHOD TARGET VERSION -. first                  .-> VALUE ------.
 *     response: VERSION STATUS REASON -+> line end -> NAME -> ':' -> KEPT_VALUE -+-> LINE_LF -> NAME ... END_LF -> done
 *
 * Strict on purpose: whatever two servers may frame differently (bare LF, folded lines, blanks before the colon, two lengths, a length beside
 * chunked: RFC 9112 sections 5.1, 5.2, 6.1 and 11.2) fails, and what follows cannot be framed.
 */
export class HeadScanner {
  readonly fields: HeadFields;
  problem: string | null = null;

  private state = METHOD;
  private headBytes = 0;
  private matched = 0;
  private wordLength = 0;
  private valueLength = 0;
  private targetBegun = false;
  private readonly word = new Uint8Array(MAX_WORD_BYTES);
  private readonly value = new Uint8Array(MAX_VALUE_BYTES);
  private keep: KeptHeader | null = null;

  constructor(private readonly role: MessageRole) {
    this.fields = new HeadFields(role);
  }

  begin(): void {
    this.state = this.role === 'request' ? METHOD : VERSION;
    this.fields.clear();
    this.targetBegun = false;
    this.headBytes = this.matched = this.wordLength = this.valueLength = 0;
    this.problem = null;
  }

  get done(): boolean {
    return this.state === DONE;
  }

  /** Reads on from `from`; gives the offset behind the head when `done`, else the end of the chunk or the place of the `problem`. */
  scan(chunk: Uint8Array, from: number): number {
    // One byte beyond the limit may be read, so that a head of exactly the limit passes and the next one fails.
    const end = Math.min(chunk.length, from + MAX_HEAD_BYTES + 1 - this.headBytes);
    let at = from;
    while (at < end && this.state < DONE) at = this.step(chunk, at, end);
    this.headBytes += at - from;
    if (this.headBytes > MAX_HEAD_BYTES && this.state !== FAILED) this.fail(`head larger than ${MAX_HEAD_BYTES} bytes`, at);
    return at;
  }

  private step(chunk: Uint8Array, at: number, end: number): number {
    switch (this.state) {
      case METHOD:
        return this.readMethod(chunk, at, end);
      case TARGET:
        return this.readTarget(chunk, at, end);
      case VERSION:
        return this.readVersion(chunk[at]!, at);
      case FIRST_LINE_END:
        return this.expect(chunk[at]!, CR, { next: LINE_LF, at });
      case STATUS:
        return this.readStatus(chunk[at]!, at);
      case REASON:
      case VALUE:
        return this.skipLine(chunk, at, end);
      case NAME:
        return this.readName(chunk, at, end);
      case KEPT_VALUE:
        return this.readValue(chunk, at, end);
      case LINE_LF:
        return this.expect(chunk[at]!, LF, { next: NAME, at });
      default:
        return this.finish(chunk[at]!, at);
    }
  }

  private expect(byte: number, wanted: number, then: { next: number; at: number }): number {
    if (byte !== wanted) return this.fail('a line that does not end in CR LF', then.at);
    this.wordLength = 0;
    this.state = then.next;
    return then.at + 1;
  }

  private finish(byte: number, at: number): number {
    // RFC 9110 section 9.3.6: CONNECT has no content, and servers differ on what a length would mean.
    if (this.fields.isConnect && (this.fields.contentLength > 0 || this.fields.transferEncoding !== 'none')) return this.fail('CONNECT with a body', at);
    return this.expect(byte, LF, { next: DONE, at });
  }

  private readMethod(chunk: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const byte = chunk[at]!;
      if (byte === SPACE && this.wordLength > 0) {
        this.fields.isHead = this.wordLength === HEAD_METHOD.length && startsWith(this.word, 0, HEAD_METHOD);
        this.fields.isConnect = this.wordLength === CONNECT_METHOD.length && startsWith(this.word, 0, CONNECT_METHOD);
        this.state = TARGET;
        return at + 1;
      }
      if (TOKEN[byte] === 0 || this.wordLength === MAX_WORD_BYTES) return this.fail('not an HTTP request line', at);
      this.word[this.wordLength++] = byte;
    }
    return at;
  }

  private readTarget(chunk: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const byte = chunk[at]!;
      if (byte === SPACE) {
        if (!this.targetBegun) return this.fail('an empty request target', at);
        this.state = VERSION;
        return at + 1;
      }
      if (byte < SPACE || byte === 0x7f) return this.fail('a control character in the request target', at);
      this.targetBegun = true;
    }
    return at;
  }

  /** `HTTP/1.x` and, in a response, the blank behind it. */
  private readVersion(byte: number, at: number): number {
    const place = this.matched++;
    if (place < VERSION_PREFIX.length) return byte === VERSION_PREFIX[place] ? at + 1 : this.fail('not HTTP/1.x', at);
    if (place === VERSION_PREFIX.length) {
      this.fields.minorVersion = byte - 0x30;
      if (this.fields.minorVersion !== 0 && this.fields.minorVersion !== 1) return this.fail('not HTTP/1.0 or HTTP/1.1', at);
      if (this.role === 'request') this.state = FIRST_LINE_END;
      return at + 1;
    }
    if (byte !== SPACE) return this.fail('no blank behind the version', at);
    this.matched = 0;
    this.state = STATUS;
    return at + 1;
  }

  private readStatus(byte: number, at: number): number {
    if (this.matched++ < 3) {
      if (byte < 0x30 || byte > 0x39) return this.fail('a status that is not three digits', at);
      this.fields.status = this.fields.status * 10 + byte - 0x30;
      return at + 1;
    }
    if (this.fields.status < 100 || (byte !== SPACE && byte !== CR)) return this.fail('a status that is not three digits', at);
    this.state = byte === CR ? LINE_LF : REASON;
    return at + 1;
  }

  private skipLine(chunk: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const byte = chunk[at]!;
      if (byte === CR) {
        this.state = LINE_LF;
        return at + 1;
      }
      if (byte === LF || byte === 0) return this.fail('a bare LF or NUL in a line', at);
    }
    return at;
  }

  private readName(chunk: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const lower = TOKEN[chunk[at]!]!;
      if (lower === 0) return this.endName(chunk[at]!, at);
      // A longer name is none of those that matter: only its length goes on.
      if (this.wordLength < MAX_WORD_BYTES) this.word[this.wordLength++] = lower;
    }
    return at;
  }

  private endName(byte: number, at: number): number {
    if (byte === CR && this.wordLength === 0) {
      this.state = END_LF;
      return at + 1;
    }
    if (byte !== COLON || this.wordLength === 0) return this.fail('a header line that is folded or has no proper name', at);
    this.keep = keptHeader(this.word, 0, this.wordLength);
    this.valueLength = 0;
    this.state = this.keep === null ? VALUE : KEPT_VALUE;
    return at + 1;
  }

  private readValue(chunk: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const byte = chunk[at]!;
      if (byte === CR) {
        this.state = LINE_LF;
        return this.keepHeader() ? at + 1 : at;
      }
      if ((byte < SPACE && byte !== TAB) || this.valueLength === MAX_VALUE_BYTES) return this.fail('a framing header that is too long or has control characters', at);
      this.value[this.valueLength++] = byte;
    }
    return at;
  }

  /** False when the header contradicts what came before. */
  private keepHeader(): boolean {
    const text = Buffer.from(this.value.buffer, 0, this.valueLength).toString('latin1');
    const problem = this.keep === null ? null : this.fields.keep(this.keep, text);
    if (problem !== null) this.fail(problem, 0);
    return problem === null;
  }

  private fail(problem: string, at: number): number {
    this.problem = problem;
    this.state = FAILED;
    return at;
  }
}
