const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"', "'": "'" };

/** Reads a Go string literal at `at` of `text`. Null when there is none. Bytes beyond ASCII are taken as UTF-8. */
export function readQuoted(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const pattern = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/y;
  pattern.lastIndex = at;
  const literal = pattern.exec(text)?.[0];
  if (literal === undefined) return null;
  const inner = literal.slice(1, -1);
  const value = literal.startsWith('`') ? inner : inner.replace(/\\(?:x(..)|u(.{4})|U(.{8})|([0-7]{3})|(.))/g, unescape);
  return { value, end: at + literal.length };
}

function unescape(escaped: string): string {
  const kind = escaped[1]!;
  if ('xuU'.includes(kind)) return String.fromCodePoint(Number.parseInt(escaped.slice(2), 16));
  if (escaped.length > 2) return String.fromCharCode(Number.parseInt(escaped.slice(1), 8));
  const character = ESCAPES[kind];
  if (character === undefined) throw new Error(`unknown escape ${escaped}`);
  return character;
}
