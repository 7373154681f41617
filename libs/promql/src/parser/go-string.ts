/**
 * Strings as Go writes and reads them. Bytes that are no UTF-8, which "\xff" can make, have no place in a JavaScript string: byte b is held as the
 * lone surrogate U+DC00 + b, and printed as a byte again.
 */
const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"' };
const LETTERS = new Map(Object.entries(ESCAPES).map(([letter, character]) => [character, letter]));
const ESCAPE = /\\(?:x..|u.{4}|U.{8}|[0-7]{3}|[\s\S])/gu;
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;
const PLAIN = /^[ !#-[\]-~]*$/;

/** Takes the quotes off and resolves escapes. The lexer has checked the literal. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`') || !inner.includes('\\')) return inner;
  return joinBytes(inner.replace(ESCAPE, (escaped) => {
    const [, kind, ...rest] = escaped;
    if (kind === 'u' || kind === 'U') return String.fromCodePoint(Number.parseInt(rest.join(''), 16));
    if (kind !== 'x' && rest.length === 0) return ESCAPES[kind!]!;
    const byte = kind === 'x' ? Number.parseInt(rest.join(''), 16) : Number.parseInt(escaped.slice(1), 8);
    return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
  }));
}

/** Bytes that follow each other may make up a character. */
function joinBytes(text: string): string {
  return text.replace(/[\udc80-\udcff]+/g, (run) => {
    const bytes = Uint8Array.from(run, (unit) => unit.charCodeAt(0) - 0xdc00);
    let joined = '';
    for (let at = 0; at < bytes.length; ) {
      const { text: character, length } = characterAt(bytes, at);
      joined += character;
      at += length;
    }
    return joined;
  });
}

function characterAt(bytes: Uint8Array, at: number): { readonly text: string; readonly length: number } {
  for (let length = 2; length <= 4 && at + length <= bytes.length; length += 1) {
    const text = new TextDecoder().decode(bytes.subarray(at, at + length));
    if (!text.includes('\ufffd')) return { text, length };
  }
  return { text: String.fromCharCode(0xdc00 + bytes[at]!), length: 1 };
}

/** In double quotes, as Go's strconv.Quote. */
export function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : `"${Array.from(text, (character) => escape(character, '"')).join('')}"`;
}

/** One character in single quotes; null stands for the end of the text, which Go prints as U+FFFD. */
export function quoteCharacter(character: string | null): string {
  return `'${escape(character ?? '\ufffd', "'")}'`;
}

function escape(character: string, quoteMark: string): string {
  const code = character.codePointAt(0)!;
  if (character === quoteMark || character === '\\') return `\\${character}`;
  if (PRINTABLE.test(character)) return character;
  const letter = LETTERS.get(character);
  if (letter !== undefined && letter !== "'" && letter !== '"') return `\\${letter}`;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}
