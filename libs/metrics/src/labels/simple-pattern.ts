/**
 * What most patterns in practice are: literals with alternations, perhaps with anything before or behind. `app-(a|b).*` has the middles `app-a` and `app-b`,
 * nothing before and `any` behind. A dot stands for any character, a line end too.
 */
export interface SimplePattern {
  readonly before: Wildcard;
  readonly middles: readonly string[];
  readonly behind: Wildcard;
}

/** Nothing at all, `.*`, or `.+`. */
export type Wildcard = 'none' | 'any' | 'some';

const WILDCARDS: Readonly<Record<string, Wildcard>> = { '.*': 'any', '.+': 'some' };
// What RE2 reads as itself: everything but these. A `]` or `}` is a literal too when alone, but then RE2 may as well say so.
const SPECIAL = new Set('.*+?()|[]{}^$\\');
const ESCAPABLE = new Set([...SPECIAL, '-', '/']);
// `(a|b)(c|d)` is written out as all four texts. All that are made on the way are counted; beyond this many, RE2 is the better way.
const MAX_TEXTS = 50_000;
// Deeper groups are not what people write, and each level is a call.
const MAX_DEPTH = 8;

/** Null for every pattern that needs RE2, wrong ones among them. */
export function simplePattern(pattern: string): SimplePattern | null {
  const before = WILDCARDS[pattern.slice(0, 2)] ?? 'none';
  const rest = before === 'none' ? pattern : pattern.slice(2);
  const behind = WILDCARDS[rest.slice(-2)] ?? 'none';
  const reader = new LiteralReader(behind === 'none' ? rest : rest.slice(0, -2));
  // With a wildcard around, a `|` outside of groups would part the wildcard from the other branches.
  const middles = before === 'none' && behind === 'none' ? reader.alternatives(0) : reader.branch(0);
  if (middles === null || !reader.atEnd) return null;
  // `.+.+` asks for two characters, which may be four UTF-16 units or two.
  if (before !== 'none' && behind !== 'none' && middles.includes('')) return null;
  return { before, middles, behind };
}

class LiteralReader {
  readonly #pattern: string;
  #at = 0;
  #textsMade = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get atEnd(): boolean {
    return this.#at === this.#pattern.length;
  }

  alternatives(depth: number): string[] | null {
    const found = new Set<string>();
    for (;;) {
      const texts = this.branch(depth);
      if (texts === null) return null;
      for (const text of texts) found.add(text);
      if (this.#pattern[this.#at] !== '|') return [...found];
      this.#at += 1;
    }
  }

  /** Up to a `|`, a `)` or the end. */
  branch(depth: number): string[] | null {
    let texts = [''];
    while (!this.atEnd && this.#pattern[this.#at] !== '|' && this.#pattern[this.#at] !== ')') {
      const next = this.#pattern[this.#at] === '(' ? this.#group(depth) : this.#literal();
      if (next === null) return null;
      this.#textsMade += texts.length * next.length;
      if (this.#textsMade > MAX_TEXTS) return null;
      texts = texts.flatMap((start) => next.map((end) => start + end));
    }
    return texts;
  }

  #group(depth: number): string[] | null {
    if (depth === MAX_DEPTH) return null;
    this.#at += this.#pattern.startsWith('(?:', this.#at) ? 3 : 1;
    const texts = this.alternatives(depth + 1);
    if (this.#pattern[this.#at] !== ')') return null;
    this.#at += 1;
    return texts;
  }

  #literal(): string[] | null {
    const from = this.#at;
    while (!this.atEnd && !SPECIAL.has(this.#pattern[this.#at]!)) this.#at += 1;
    if (this.#at > from) return [this.#pattern.slice(from, this.#at)];
    const escaped = this.#pattern[this.#at] === '\\' ? this.#pattern[this.#at + 1] : undefined;
    if (escaped === undefined || !ESCAPABLE.has(escaped)) return null;
    this.#at += 2;
    return [escaped];
  }
}
