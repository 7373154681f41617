import type { Matcher } from '#metrics';
import { parseQuery, QueryError } from '#promql';

/** Whoever has a read scope sees, of all series, those that meet every matcher; none of them: every series. */
export type ReadScope = readonly Matcher[];

/** From matchers in braces, as in PromQL: `{team="shop",env!="test"}`; nothing stands for every series. Throws QueryError. */
export function parseReadScope(text: string): ReadScope {
  if (text.trim() === '') return [];
  const expr = parseQuery(text);
  if (expr.type === 'vector-selector' && expr.offset === null && expr.at === null && expr.extension === 'none') return expr.matchers;
  throw new QueryError('bad_data', 'a read scope is written as matchers in braces, like {team="shop"}');
}
