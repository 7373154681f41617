// Over 250 lines because it is one state machine: splitting its states over files would hide which follows which.
import { CONNECTION, CONTENT_LENGTH, CR, EXPECT, HEAD_METHOD, CONNECT_METHOD, LF, SPACE, TAB, TOKEN, TRANSFER_ENCODING, VERSION_PREFIX, equalsAscii } from './http-bytes.js';

export type MessageRole = 'request' | 'response';

/** The largest head that is read. Servers stop at 8 to 64 KiB; beyond it a head is not matched, and what is held of it stays bounded. */
export const MAX_HEAD_BYTES = 65_536;
// The longest method in the IANA registry has 17 letters; the longest header name of interest too.
const MAX_WORD_BYTES = 32;
const MAX_VALUE_BYTES = 256;

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
 * chunked: RFC 9112 sections 5.1, 5.2, 6.1 and 11.2) fails, and the connection is then passed on untouched and unmatched.
 */
export class HeadScanner {
  isHead = false;
  isConnect = false;
  minorVersion = 1;
  status = 0;
  /** -1 without the header. */
  contentLength = -1;
  transferEncoding: 'none' | 'chunked' | 'other' = 'none';
  close = false;
  keepAlive = false;
  expectsContinue = false;
  problem: string | null = null;

  private state = METHOD;
  private headBytes = 0;
  private matched = 0;
  private wordLength = 0;
  private valueLength = 0;
  private readonly word = new Uint8Array(MAX_WORD_BYTES);
  private readonly value = new Uint8Array(MAX_VALUE_BYTES);
  private keep: typeof CONNECTION | null = null;

  constructor(private readonly role: MessageRole) {}

  begin(): void {
    this.state = this.role === 'request' ? METHOD : VERSION;
    this.isHead = this.isConnect = this.close = this.keepAlive = this.expectsContinue = false;
    this.minorVersion = 1;
    this.status = this.headBytes = this.matched = this.wordLength = this.valueLength = 0;
    this.contentLength = -1;
    this.transferEncoding = 'none';
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
        return this.expect(chunk[at]!, LF, { next: DONE, at });
    }
  }

  private expect(byte: number, wanted: number, then: { next: number; at: number }): number {
    if (byte !== wanted) return this.fail('a line that does not end in CR LF', then.at);
    this.wordLength = 0;
    this.state = then.next;
    return then.at + 1;
  }

  private readMethod(chunk: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      const byte = chunk[at]!;
      if (byte === SPACE && this.wordLength > 0) {
        this.isHead = equalsAscii(this.word, this.wordLength, HEAD_METHOD);
        this.isConnect = equalsAscii(this.word, this.wordLength, CONNECT_METHOD);
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
        this.state = VERSION;
        return at + 1;
      }
      if (byte < SPACE || byte === 0x7f) return this.fail('a control character in the request target', at);
    }
    return at;
  }

  /** `HTTP/1.x` and, in a response, the blank behind it. */
  private readVersion(byte: number, at: number): number {
    const place = this.matched++;
    if (place < VERSION_PREFIX.length) return byte === VERSION_PREFIX[place] ? at + 1 : this.fail('not HTTP/1.x', at);
    if (place === VERSION_PREFIX.length) {
      this.minorVersion = byte - 0x30;
      if (this.minorVersion !== 0 && this.minorVersion !== 1) return this.fail('not HTTP/1.0 or HTTP/1.1', at);
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
      this.status = this.status * 10 + byte - 0x30;
      return at + 1;
    }
    if (this.status < 100 || (byte !== SPACE && byte !== CR)) return this.fail('a status that is not three digits', at);
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
    if (byte !== 0x3a || this.wordLength === 0) return this.fail('a header line that is folded or has no proper name', at);
    this.keep = keptHeader(this.word, this.wordLength);
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

  /** Takes in a header that frames; false when it contradicts what came before. */
  private keepHeader(): boolean {
    const value = Buffer.from(this.value.buffer, 0, this.valueLength).toString('latin1').trim().toLowerCase();
    switch (this.keep) {
      case CONTENT_LENGTH:
        return this.keepLength(value);
      case TRANSFER_ENCODING:
        return this.keepEncoding(value);
      case CONNECTION:
        for (const option of value.split(',')) {
          if (option.trim() === 'close') this.close = true;
          if (option.trim() === 'keep-alive') this.keepAlive = true;
        }
        return true;
      default:
        this.expectsContinue ||= value === '100-continue';
        return true;
    }
  }

  private keepLength(value: string): boolean {
    const twice = this.contentLength !== -1 || this.transferEncoding !== 'none';
    if (twice || !/^\d{1,15}$/.test(value)) return this.contradiction('more than one length, or one that is not a plain number');
    this.contentLength = Number(value);
    return true;
  }

  private keepEncoding(value: string): boolean {
    const twice = this.contentLength !== -1 || this.transferEncoding !== 'none';
    if (twice || this.minorVersion === 0) return this.contradiction('a transfer coding beside a length, twice, or in HTTP/1.0');
    const codings = value.split(',').map((coding) => coding.trim());
    const chunkedLast = codings.indexOf('chunked') === codings.length - 1;
    // A request must end in chunked or its end is unknown; a response without it ends with the connection (RFC 9112 section 6.3).
    if (!chunkedLast && (this.role === 'request' || codings.includes('chunked'))) return this.contradiction('a request whose last transfer coding is not chunked');
    this.transferEncoding = chunkedLast ? 'chunked' : 'other';
    return true;
  }

  private contradiction(problem: string): false {
    this.fail(problem, 0);
    return false;
  }

  private fail(problem: string, at: number): number {
    this.problem = problem;
    this.state = FAILED;
    return at;
  }
}

function keptHeader(word: Uint8Array, length: number): typeof CONNECTION | null {
  for (const name of [CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, EXPECT]) if (equalsAscii(word, length, name)) return name;
  return null;
}
