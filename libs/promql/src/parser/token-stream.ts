import type { Position } from '../ast.js';
import type { QueryError } from '../query-error.js';
import { Lexer } from './lexer.js';
import { parseError } from './parse-error.js';
import { describe } from './token.js';
import type { Token, TokenKind } from './token.js';

/** Deeper than any query a person or a dashboard writes, and shallow enough for every walk of the tree to recurse. */
const MAX_DEPTH = 500;

/** The tokens of a query, read one ahead, and the place to complain. A token is read no sooner than it is needed: errors come in Prometheus' order. */
export class TokenStream {
  private readonly lexer: Lexer;
  private ahead: Token | null = null;
  private depth = 0;
  private aggregations = 0;

  constructor(readonly query: string) {
    this.lexer = new Lexer(query);
  }

  peek(): Token {
    return (this.ahead ??= this.lexer.next());
  }

  next(): Token {
    const token = this.peek();
    this.ahead = null;
    return token;
  }

  is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.peek().kind);
  }

  /** The next token if it is a `kind`. */
  accept(...kinds: readonly TokenKind[]): Token | null {
    return this.is(...kinds) ? this.next() : null;
  }

  expect(kind: TokenKind, context: string | null = null, expected = ''): Token {
    return this.accept(kind) ?? this.throwUnexpected(context, expected);
  }

  throwUnexpected(context: string | null = null, expected = ''): never {
    const token = this.peek();
    const where = context ?? (this.aggregations > 0 ? 'aggregation' : '');
    throw this.error(token, `unexpected ${describe(token)}${where && ` in ${where}`}${expected && `, expected ${expected}`}`);
  }

  error(at: Token | Position, message: string): QueryError {
    return parseError(this.query, { from: at.from, to: at.to }, message);
  }

  /** What goes wrong within is said to be in an aggregation. */
  withinAggregation<T>(parse: () => T): T {
    this.aggregations += 1;
    const result = parse();
    this.aggregations -= 1;
    return result;
  }

  /** Counts every level that `parse` opens by `deepen`, and forgets them after it. */
  withinDepth<T>(parse: () => T): T {
    const before = this.depth;
    this.deepen();
    const result = parse();
    this.depth = before;
    return result;
  }

  deepen(): void {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw this.error(this.peek(), `expression is nested more than ${MAX_DEPTH} levels deep`);
  }
}
