/** Toxiproxy reads one JSON value from the front of a body, as Go's decoder does: white space before it is skipped and whatever follows it is ignored. */
export type FoundValue = { readonly ok: true; readonly start: number; readonly end: number } | { readonly ok: false; readonly problem: string };

/** Go's own limit. One level deeper is a syntax error, so the depth of a hostile body costs nothing. */
const MAX_DEPTH = 10_000;
const SPACE = /[ \t\r\n]*/y;
const DIGITS = /\d*/y;
const PLAIN = /[^"\\\0-\x1f]*/y;
const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

/**
 * Finds the first JSON value of `text`, whose characters stand for bytes (Latin-1), or says what is wrong with it in the words of Go's
 * encoding/json: clients print them and test suites compare them.
 */
export function findValue(text: string): FoundValue {
  return new Scanner(text).value();
}

class Scanner {
  private at = 0;
  private problem: string | null = null;
  /** What each open container is closed by. */
  private readonly open: ('}' | ']')[] = [];

  constructor(private readonly text: string) {}

  value(): FoundValue {
    this.space();
    const start = this.at;
    if (start === this.text.length) return { ok: false, problem: 'EOF' };
    while (this.item() && this.more());
    return this.problem === null ? { ok: true, start, end: this.at } : { ok: false, problem: this.problem };
  }

  /** Reads a scalar, or opens containers down to the first scalar or empty container. False when something is wrong. */
  private item(): boolean {
    for (;;) {
      this.space();
      const c = this.text[this.at];
      if (c === '{' || c === '[') {
        if (!this.enter(c)) return false;
        if (this.text[this.at] === this.open.at(-1)) return this.leave();
        if (c === '{' && !this.key()) return false;
      } else return this.scalar(c);
    }
  }

  /** After a value: goes on to the next one of the same container. False when the outermost value has ended or something is wrong. */
  private more(): boolean {
    for (;;) {
      const close = this.open.at(-1);
      if (close === undefined) return false;
      this.space();
      const c = this.text[this.at];
      if (c === close) this.leave();
      else if (c !== ',') return this.fail(close === '}' ? 'after object key:value pair' : 'after array element');
      else {
        this.at += 1;
        return close === ']' || this.key();
      }
    }
  }

  private enter(opener: '{' | '['): boolean {
    if (this.open.length === MAX_DEPTH) return this.fail('exceeded max depth');
    this.open.push(opener === '{' ? '}' : ']');
    this.at += 1;
    this.space();
    return true;
  }

  private leave(): true {
    this.open.pop();
    this.at += 1;
    return true;
  }

  /** A key and its colon. */
  private key(): boolean {
    this.space();
    if (this.text[this.at] !== '"') return this.fail('looking for beginning of object key string');
    if (!this.string()) return false;
    this.space();
    return this.expect(/[:]/, 'after object key');
  }

  private scalar(c: string | undefined): boolean {
    if (c === '"') return this.string();
    if (c === '-' || isDigit(c)) return this.number();
    const literal = c === undefined ? undefined : LITERALS[c];
    return literal === undefined ? this.fail('looking for beginning of value') : this.literal(literal);
  }

  private literal(word: string): boolean {
    for (const letter of word) {
      if (this.text[this.at] !== letter) return this.fail(`in literal ${word} (expecting '${letter}')`);
      this.at += 1;
    }
    return true;
  }

  private number(): boolean {
    if (this.text[this.at] === '-') this.at += 1;
    if (this.text[this.at] === '0') this.at += 1;
    else if (!this.digits('in numeric literal')) return false;
    if (this.text[this.at] === '.') {
      this.at += 1;
      if (!this.digits('after decimal point in numeric literal')) return false;
    }
    if (!/[eE]/.test(this.text[this.at] ?? '')) return true;
    this.at += 1;
    if (/[+-]/.test(this.text[this.at] ?? '')) this.at += 1;
    return this.digits('in exponent of numeric literal');
  }

  private digits(context: string): boolean {
    if (!this.expect(/\d/, context)) return false;
    this.at = endOfRun(DIGITS, this.text, this.at);
    return true;
  }

  private string(): boolean {
    this.at += 1;
    for (;;) {
      this.at = endOfRun(PLAIN, this.text, this.at);
      if (this.text[this.at] !== '\\') return this.expect(/"/, 'in string literal');
      if (!this.escape()) return false;
    }
  }

  private escape(): boolean {
    this.at += 1;
    if (this.text[this.at] !== 'u') return this.expect(/[bfnrt\\/"]/, 'in string escape code');
    this.at += 1;
    for (let i = 0; i < 4; i += 1) if (!this.expect(/[0-9a-fA-F]/, 'in \\u hexadecimal character escape')) return false;
    return true;
  }

  private expect(character: RegExp, context: string): boolean {
    if (!character.test(this.text[this.at] ?? '')) return this.fail(context);
    this.at += 1;
    return true;
  }

  private space(): void {
    this.at = endOfRun(SPACE, this.text, this.at);
  }

  private fail(context: string): false {
    const c = this.text[this.at];
    this.problem = c === undefined ? 'unexpected EOF' : `invalid character ${quote(c)} ${context}`;
    return false;
  }
}

function endOfRun(run: RegExp, text: string, from: number): number {
  run.lastIndex = from;
  run.test(text);
  return run.lastIndex;
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= '0' && c <= '9';
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\', "'": "\\'" };

/** A byte as Go quotes it: as the character of that number, escaped when it does not print. */
function quote(c: string): string {
  const code = c.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  if (SHORT_ESCAPES[c] !== undefined) return `'${SHORT_ESCAPES[c]}'`;
  if (code < 0x20 || code === 0x7f) return `'\\x${hex}'`;
  return (code >= 0x80 && code <= 0xa0) || code === 0xad ? `'\\u00${hex}'` : `'${c}'`;
}
