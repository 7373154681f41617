import { describe, expect, it } from 'vitest';
import { parseQuery } from '#promql';
import { parseSelectors } from './metric-selectors.js';
import { selectorsOf } from './selectors-of.js';

describe('series selectors', () => {
  it('are read as matchers', () => {
    expect(parseSelectors(['up{job=~"a.*"}', '{"http.method"="GET"}'])).toEqual([
      [{ name: 'job', operator: '=~', value: 'a.*' }, { name: '__name__', operator: '=', value: 'up' }],
      [{ name: 'http.method', operator: '=', value: 'GET' }],
    ]);
  });

  it.each(['1', 'up offset 1m', 'up @ 3', 'up[5m]', 'sum(up)', '(up)', 'up smoothed', ''])('are not %j', (text) => {
    expect(() => parseSelectors([text])).toThrow(expect.objectContaining({ type: 'bad_data' }));
  });

  it.each(['{}', '{a=""}', '{a=~".*"}', '{a!="x"}'])('must not match everything, as %s does', (text) => {
    expect(() => parseSelectors([text])).toThrow('match[] must contain at least one non-empty matcher');
  });
});

it('every selector of a query is found', () => {
  const query = 'sum by (x) (rate(a[5m])) + -(b) * on() info(c, {d="e"}) or topk(scalar(f), max_over_time(g[1h:1m])) > 1 and label_replace(h, "i", "j", "k", "l")';
  expect(selectorsOf(parseQuery(query)).map(({ name }) => name)).toEqual(['a', 'b', 'c', null, 'f', 'g', 'h']);
});
