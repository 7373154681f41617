import type { Expr } from '../ast.js';
import { checkTypes } from './check-types.js';
import { parseError } from './parse-error.js';
import { ExpressionParser } from './parse-expression.js';
import { TokenStream } from './token-stream.js';

/** Far beyond what a dashboard builds from its variables. */
const MAX_QUERY_CHARACTERS = 1_000_000;

/**
 * Reads a PromQL expression as Prometheus 3.14 does with all of its syntax flags on, and checks its types.
 * Throws a QueryError `bad_data` whose message is Prometheus' own, such as `1:5: parse error: unexpected end of input`.
 */
export function parseQuery(query: string): Expr {
  if (query.length > MAX_QUERY_CHARACTERS) throw parseError('', { from: 0, to: 0 }, `query is longer than ${MAX_QUERY_CHARACTERS} characters`);
  const stream = new TokenStream(query);
  if (stream.is('end of input')) throw parseError(query, { from: 0, to: 0 }, 'no expression found in input');
  const parser = new ExpressionParser(stream);
  const expr = parser.parse();
  stream.expect('end of input');
  checkTypes(query, expr, parser.misplaced);
  return expr;
}
