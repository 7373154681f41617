/** Headers that frame a message or decide what follows it; all others pass unread. */
export type KeptHeader = 'content-length' | 'transfer-encoding' | 'connection' | 'expect';

// Blank and tab only: what else JavaScript takes for white space (0xa0, for one) is part of the value to other servers.
const OUTER_BLANKS = /^[ \t]+|[ \t]+$/g;
const PLAIN_TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** What is kept of one head. */
export class HeadFields {
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

  constructor(private readonly role: 'request' | 'response') {}

  clear(): void {
    this.isHead = this.isConnect = this.close = this.keepAlive = this.expectsContinue = false;
    this.minorVersion = 1;
    this.status = 0;
    this.contentLength = -1;
    this.transferEncoding = 'none';
  }

  /** Takes a header in; gives what is wrong with it, or null. `text` is its value with the blanks around it. */
  keep(name: KeptHeader, text: string): string | null {
    const value = text.replace(OUTER_BLANKS, '').toLowerCase();
    switch (name) {
      case 'content-length':
        return this.keepLength(value);
      case 'transfer-encoding':
        return this.keepEncoding(value);
      case 'connection':
        return this.keepConnection(value);
      case 'expect':
        this.expectsContinue ||= value === '100-continue';
        return null;
    }
  }

  /** A header has said where the body ends; a second one is a contradiction. */
  get framed(): boolean {
    return this.contentLength !== -1 || this.transferEncoding !== 'none';
  }

  private keepLength(value: string): string | null {
    if (this.framed || !/^\d{1,15}$/.test(value)) return 'more than one length, or one that is not a plain number';
    this.contentLength = Number(value);
    return null;
  }

  private keepEncoding(value: string): string | null {
    if (this.framed || this.minorVersion === 0) return 'a transfer coding beside a length, twice, or in HTTP/1.0';
    const codings = value.split(',').map((coding) => coding.replace(OUTER_BLANKS, ''));
    if (!codings.every((coding) => PLAIN_TOKEN.test(coding))) return 'a transfer coding that is not a plain word';
    const chunkedLast = codings.indexOf('chunked') === codings.length - 1;
    // A request must end in chunked or its end is unknown; a response without it ends with the connection (RFC 9112 section 6.3).
    if (!chunkedLast && (this.role === 'request' || codings.includes('chunked'))) return 'a request whose last transfer coding is not chunked';
    this.transferEncoding = chunkedLast ? 'chunked' : 'other';
    return null;
  }

  private keepConnection(value: string): null {
    for (const option of value.split(',')) {
      const name = option.replace(OUTER_BLANKS, '');
      if (name === 'close') this.close = true;
      if (name === 'keep-alive') this.keepAlive = true;
    }
    return null;
  }
}
