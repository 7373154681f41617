import { parseQuery, QueryError, type Expr, type VectorSelector } from '#promql';
import type { AnyOfMatchers } from '../metric-source.js';

const MATCHES_EVERYTHING = 'vector selector must contain at least one non-empty matcher';

/** Each text as the matchers of one series selector. Throws QueryError `bad_data`. */
export function parseSelectors(texts: readonly string[]): AnyOfMatchers {
  return texts.map((text) => parseSelector(text).matchers);
}

function parseSelector(text: string): VectorSelector {
  const expr = parseBroadly(text);
  if (!isBareSelector(expr)) throw new QueryError('bad_data', '1:1: parse error: unexpected expression in a series selector: expected a metric name, or matchers in braces');
  return expr;
}

function parseBroadly(text: string): Expr {
  try {
    return parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError && error.message.endsWith(MATCHES_EVERYTHING)) throw new QueryError('bad_data', 'match[] must contain at least one non-empty matcher', null, { cause: error });
    throw error;
  }
}

function isBareSelector(expr: Expr): expr is VectorSelector {
  return expr.type === 'vector-selector' && expr.offset === null && expr.at === null && expr.extension === 'none';
}
