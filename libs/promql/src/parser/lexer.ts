import { quote, quoteCharacter } from './go-string.js';
import { parseError } from './parse-error.js';
import { KEYWORDS } from './token.js';
import type { Token, TokenKind } from './token.js';
import type { QueryError } from '../query-error.js';

const SPACE = /[ \t\n\r]*/y;
const COMMENT = /#[^\n\r]*/y;
const WORD = /[a-zA-Z0-9_:]*/y;
const LABEL_NAME = /[a-zA-Z0-9_]*/y;
const DURATION_WORD = /[a-zA-Z_]*/y;
const IS_LETTER = /[a-zA-Z_]/;
const NUMBER_START = /[0-9]|\.[0-9]/y;
const DURATION_START = /[mrs]/i;
const DURATION_KEYWORDS: ReadonlySet<string> = new Set(['step', 'range', 'max_of', 'min_of']);
// A number must not run on into a letter or digit. A dot may end it, and stand once; the exponent and each underscore need a digit behind them.
const HEX_NUMBER = /0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*(?![0-9a-zA-Z_.])/y;
const NUMBER = /(?:[0-9]+(?:_[0-9]+)*(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?(?![0-9a-zA-Z_.])/y;
// Whether the units are right and in order is told when the duration is read.
const DURATION = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[smhdwy]s?(?:[0-9]+[smhdw]s?)*(?![0-9a-zA-Z_])/y;
// As far as Prometheus reads before it gives up; error texts show that much.
const BAD_NUMBER = /[0-9a-fA-FxX_]*?(?:\.[0-9]*)?(?:\.|_[_.eE]|[eE][+-]?[._eE]|[smhdwy]s?(?:[0-9]+[smhdw]s?)*[0-9a-zA-Z_]?|(?![0-9_]))/y;
const SYMBOLS = ['==', '!=', '<=', '</', '<', '>=', '>/', '>', '=', '*', '/', '%', '+', '-', '^', '@', ',', '(', ')', '{', '[', ']'] as const satisfies readonly TokenKind[];
const DURATION_SYMBOLS = [']', ':', '(', ')', '+', '-', '*', '/', '%', '^', ','] as const satisfies readonly TokenKind[];
const BRACE_SYMBOLS = ['=~', '!~', '!=', '=', ',', '}'] as const satisfies readonly TokenKind[];
const ESCAPE_LENGTHS: Readonly<Record<string, { readonly digits: number; readonly base: number; readonly max: number }>> = {
  x: { digits: 2, base: 16, max: 255 },
  u: { digits: 4, base: 16, max: 0x10ffff },
  U: { digits: 8, base: 16, max: 0x10ffff },
};

/**
 * Cuts a query into tokens, one at a time: what a text means depends on whether a `{` or a `[` is open, and an error counts only when the parser
 * comes to it. Tokens and errors are those of Prometheus' own lexer.
 */
export class Lexer {
  private at = 0;
  private parens = 0;
  private inBraces = false;
  private inBrackets = false;
  /** Between `[` and the first number of a duration, where no comment and no comparison may stand. */
  private beforeDuration = false;
  private hadColon = false;
  private hadDuration = false;

  constructor(private readonly text: string) {}

  next(): Token {
    if (this.beforeDuration) return this.inDuration();
    this.skipBlank();
    return this.inBraces ? this.inMatchers() : this.inExpression();
  }

  private inExpression(): Token {
    const from = this.at;
    const character = this.peek();
    if (character === null) return this.end();
    if (this.test(NUMBER_START)) return this.number();
    if (character === '"' || character === "'" || character === '`') return this.string(character);
    if (IS_LETTER.test(character) || character === ':') return this.inBrackets ? this.wordInBrackets(character) : this.word();
    if (character === '!' && this.text[from + 1] !== '=') throw this.errorAt(from, `unexpected character after '!': ${quoteCharacter(this.characterAt(from + 1))}`);
    if (this.text.startsWith('=~', from)) throw this.errorAt(from, "unexpected character after '=': '~'");
    const symbol = SYMBOLS.find((candidate) => this.text.startsWith(candidate, from));
    if (symbol === undefined) throw this.errorAt(from, `unexpected character: ${quoteCharacter(character)}`);
    return this.symbol(symbol);
  }

  private symbol(kind: (typeof SYMBOLS)[number]): Token {
    const from = this.at;
    if (kind === ']' && !this.inBrackets) throw this.errorAt(from, "unexpected right bracket ']'");
    if (kind === '[' && this.inBrackets) throw this.errorAt(from, "unexpected left bracket '['");
    if (kind === '{') this.inBraces = true;
    if (kind === '[') {
      this.inBrackets = this.beforeDuration = true;
      this.hadColon = false;
    }
    if (kind === ']') this.inBrackets = false;
    return this.parenthesis(this.take(kind, from + kind.length));
  }

  private parenthesis(token: Token): Token {
    if (token.kind === '(') this.parens += 1;
    if (token.kind === ')') this.parens -= 1;
    if (this.parens < 0) throw this.errorAt(token.to, "unexpected right parenthesis ')'");
    return token;
  }

  private end(): Token {
    if (this.parens !== 0) throw this.errorAt(this.at, 'unclosed left parenthesis');
    if (this.inBrackets) throw this.errorAt(this.at, 'unclosed left bracket');
    return this.take('end of input', this.at);
  }

  private word(): Token {
    const text = this.match(WORD);
    const keyword = KEYWORDS.get(text.toLowerCase());
    const to = this.at + text.length;
    // So that metrics may be named fill.
    if (keyword?.startsWith('fill') && !/^[ \t\n\r]*\(/.test(this.text.slice(to))) return this.take('identifier', to);
    return this.take(keyword ?? (text.includes(':') ? 'metric identifier' : 'identifier'), to);
  }

  private wordInBrackets(character: string): Token {
    if (character === ':') {
      if (this.hadColon) throw this.errorAt(this.at, "unexpected colon ':'");
      this.hadColon = true;
      return this.take(':', this.at + 1);
    }
    return this.durationKeyword(`unexpected character: ${quoteCharacter(character)}, expected ':'`);
  }

  private durationKeyword(otherwise: string): Token {
    const text = this.match(DURATION_WORD);
    const word = text.toLowerCase();
    if (!DURATION_KEYWORDS.has(word)) throw this.errorAt(this.at, otherwise);
    return this.take(KEYWORDS.get(word)!, this.at + text.length);
  }

  private inDuration(): Token {
    this.at += this.match(SPACE).length;
    const from = this.at;
    const character = this.peek();
    if (character === null) throw this.errorAt(from, 'unexpected end of input in duration expression');
    if (this.test(NUMBER_START)) {
      this.beforeDuration = false;
      this.hadDuration = true;
      return this.number();
    }
    const unexpected = `unexpected character in duration expression: ${quoteCharacter(character)}`;
    if (DURATION_START.test(character)) return this.durationKeyword(unexpected);
    const symbol = DURATION_SYMBOLS.find((candidate) => candidate === character);
    if (symbol === undefined) throw this.errorAt(from, unexpected);
    if (symbol === ':') this.checkFirstColon();
    if (symbol === ']') this.inBrackets = this.beforeDuration = this.hadColon = false;
    return this.parenthesis(this.take(symbol, from + 1));
  }

  private checkFirstColon(): void {
    if (!this.hadDuration) throw this.errorAt(this.at + 1, 'unexpected colon before duration in duration expression');
    if (this.hadColon) throw this.errorAt(this.at + 1, 'unexpected repeated colon in duration expression');
    this.hadColon = true;
  }

  private inMatchers(): Token {
    const from = this.at;
    const character = this.peek();
    if (character === null) throw this.errorAt(from, 'unexpected end of input inside braces');
    if (IS_LETTER.test(character)) return this.take('identifier', from + this.match(LABEL_NAME).length);
    if (character === '"' || character === "'" || character === '`') return this.string(character);
    if (character === '{') throw this.errorAt(from, "unexpected left brace '{'");
    const symbol = BRACE_SYMBOLS.find((candidate) => this.text.startsWith(candidate, from));
    if (symbol === undefined && character === '!') throw this.errorAt(from, `unexpected character after '!' inside braces: ${quoteCharacter(this.characterAt(from + 1))}`);
    if (symbol === undefined) throw this.errorAt(from, `unexpected character inside braces: ${quoteCharacter(character)}`);
    if (symbol === '}') this.inBraces = false;
    return this.take(symbol, from + symbol.length);
  }

  private number(): Token {
    const number = this.match(HEX_NUMBER) || this.match(NUMBER);
    if (number !== '') return this.take('number', this.at + number.length);
    const duration = this.match(DURATION);
    if (duration !== '') return this.take('duration', this.at + duration.length);
    throw this.errorAt(this.at, `bad number or duration syntax: ${quote(this.match(BAD_NUMBER))}`);
  }

  private string(mark: string): Token {
    const from = this.at;
    for (let at = from + 1; ; ) {
      const character = this.characterAt(at);
      if (character === null || (character === '\n' && mark !== '`')) throw this.errorAt(from, mark === '`' ? 'unterminated raw string' : 'unterminated quoted string');
      // Prometheus cannot tell the replacement character from bytes that are no UTF-8; a lone surrogate is what those are here.
      if (character === '\ufffd' || /^\p{Cs}$/u.test(character)) throw this.errorAt(from, 'invalid UTF-8 rune');
      at += character.length;
      if (character === mark) return this.take('string', at);
      if (character === '\\' && mark !== '`') at = this.skipEscape(from, at, mark);
    }
  }

  /** `at` is behind the backslash. */
  private skipEscape(from: number, at: number, mark: string): number {
    const character = this.characterAt(at);
    if (character === null) throw this.errorAt(from, 'escape sequence not terminated');
    if ('abfnrtv\\'.includes(character) || character === mark) return at + 1;
    const octal = /[0-7]/.test(character);
    const form = octal ? { digits: 3, base: 8, max: 255 } : ESCAPE_LENGTHS[character];
    if (form === undefined) throw this.errorAt(from, `unknown escape sequence ${codePointAndCharacter(character)}`);
    const start = octal ? at : at + 1;
    let value = 0;
    for (let index = start; index < start + form.digits; index += 1) {
      const digit = this.characterAt(index);
      if (digit === null) throw this.errorAt(from, 'escape sequence not terminated');
      const digitValue = /[0-9a-fA-F]/.test(digit) ? Number.parseInt(digit, 16) : 16;
      if (digitValue >= form.base) throw this.errorAt(from, `illegal character ${codePointAndCharacter(digit)} in escape sequence`);
      value = value * form.base + digitValue;
    }
    if (value > form.max || (value >= 0xd800 && value < 0xe000)) throw this.errorAt(from, 'escape sequence is an invalid Unicode code point');
    return start + form.digits;
  }

  private skipBlank(): void {
    for (let start = -1; start !== this.at; ) {
      start = this.at;
      this.at += this.match(SPACE).length;
      this.at += this.match(COMMENT).length;
    }
  }

  private peek(): string | null {
    return this.characterAt(this.at);
  }

  private characterAt(at: number): string | null {
    return at < this.text.length ? String.fromCodePoint(this.text.codePointAt(at)!) : null;
  }

  /** What the sticky `pattern` matches here; empty when it does not. */
  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0] ?? '';
  }

  private test(pattern: RegExp): boolean {
    return this.match(pattern) !== '';
  }

  private take(kind: TokenKind, to: number): Token {
    const token = { kind, text: this.text.slice(this.at, to), from: this.at, to };
    this.at = to;
    return token;
  }

  private errorAt(from: number, message: string): QueryError {
    return parseError(this.text, { from, to: this.text.length }, message);
  }
}

/** U+0071 'q' */
function codePointAndCharacter(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${character}'`;
}
