import { findValue } from './find-value.js';

/** Where a value goes: `Proxy.name`, or null for the outermost. Only for the words of an error. */
export type Field = string | null;
export type ReadResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

type Kind = 'object' | 'array' | 'string' | 'number' | 'bool' | 'null';
const KIND_BY_FIRST: Readonly<Record<string, Kind>> = { '{': 'object', '[': 'array', '"': 'string', t: 'bool', f: 'bool', n: 'null' };

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** Reads the first JSON value of a body into what `read` makes of it; any mismatch of types refuses the whole body. */
export function readGoJson<T>(body: Uint8Array, read: (reader: GoReader) => T): ReadResult<T> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const found = findValue(text);
  if (!found.ok) return found;
  const reader = new GoReader(text, found.start);
  const value = read(reader);
  return reader.problem === null ? { ok: true, value } : { ok: false, problem: reader.problem };
}

/**
 * Walks over JSON that `findValue` has passed and gives it out by type, with the habits of Go's decoder: keys match in any case, the last of
 * several wins, unknown ones are skipped, null changes nothing (undefined here). The first value of a wrong type is the problem; the walk goes on.
 */
export class GoReader {
  problem: string | null = null;

  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  /** Calls the reader of each known member; `fields` has lower-case names. */
  struct(goType: string, field: Field, fields: Readonly<Record<string, () => void>>): void {
    if (!this.begins('object', goType, field)) return;
    this.each('}', () => {
      const key = foldedKey(this.stringHere());
      this.punctuation();
      if (Object.hasOwn(fields, key)) fields[key]!();
      else this.skip();
    });
  }

  list(goType: string, element: () => void): void {
    if (this.begins('array', goType, null)) this.each(']', element);
  }

  /** The next value as it stands, for a reader of its own. */
  raw(): Uint8Array {
    return Buffer.from(this.skip(), 'latin1');
  }

  string(field: Field): string | undefined {
    return this.begins('string', 'string', field) ? this.stringHere() : undefined;
  }

  bool(field: Field): boolean | undefined {
    return this.begins('bool', 'bool', field) ? this.skip() === 'true' : undefined;
  }

  /** Exact up to 2^53; what is larger and still fits 64 bits saturates there, because a number of this runtime ends there. */
  int(field: Field, goType: 'int' | 'int64'): number | undefined {
    if (!this.begins('number', goType, field)) return undefined;
    const literal = this.skip();
    const value = /^-?\d+$/.test(literal) ? BigInt(literal) : null;
    if (value === null || value > INT64_MAX || value < INT64_MIN) return this.mismatch(`number ${literal}`, field, goType);
    return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Number(value)));
  }

  /** The shortest decimal that stands for the value in 32 bits, so that 0.1 stays 0.1. */
  float32(field: Field): number | undefined {
    if (!this.begins('number', 'float32', field)) return undefined;
    const literal = this.skip();
    const value = Math.fround(Number(literal));
    return Number.isFinite(value) ? shortestFloat32(value) : this.mismatch(`number ${literal}`, field, 'float32');
  }

  /** True when a value of that kind is next. A null is passed over in silence, anything else is a mismatch. */
  private begins(kind: Kind, goType: string, field: Field): boolean {
    this.space();
    const found = KIND_BY_FIRST[this.text[this.at]!] ?? 'number';
    if (found === kind) return true;
    this.skip();
    if (found !== 'null') this.mismatch(found, field, goType);
    return false;
  }

  private mismatch(what: string, field: Field, goType: string): undefined {
    const where = field === null ? 'value' : `struct field ${field}`;
    this.problem ??= `json: cannot unmarshal ${what} into Go ${where} of type ${goType}`;
  }

  /** Passes over a container, with `read` called at the start of each key or element; it consumes through the value. */
  private each(close: '}' | ']', read: () => void): void {
    this.at += 1;
    for (;;) {
      this.space();
      const c = this.text[this.at];
      if (c === close || c === ',') this.at += 1;
      if (c === close) return;
      if (c !== ',') read();
    }
  }

  /** Passes over one value of any depth, without recursion, and gives its text. */
  private skip(): string {
    this.space();
    const start = this.at;
    let depth = 0;
    do {
      const c = this.text[this.at]!;
      if (c === '"') this.passString();
      else {
        if (c === '{' || c === '[') depth += 1;
        if (c === '}' || c === ']') depth -= 1;
        this.at += 1;
      }
    } while (depth > 0 || !this.atBoundary(start));
    return this.text.slice(start, this.at);
  }

  /** Whether the value that began at `start` is over: at once for strings and containers, at the next delimiter for the rest. */
  private atBoundary(start: number): boolean {
    return /["{[]/.test(this.text[start]!) || !/[-+.\w]/.test(this.text[this.at] ?? ' ');
  }

  private stringHere(): string {
    const start = this.at;
    this.passString();
    // Its bytes are UTF-8; what is not valid in it becomes U+FFFD, as do lone surrogates.
    const parsed: unknown = JSON.parse(Buffer.from(this.text.slice(start, this.at), 'latin1').toString('utf8'));
    return Buffer.from(String(parsed)).toString('utf8');
  }

  private passString(): void {
    this.at += 1;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at += 1;
  }

  private punctuation(): void {
    this.space();
    this.at += 1;
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}

/** Go folds two characters beyond ASCII onto letters of it. */
function foldedKey(key: string): string {
  return key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}

function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}
