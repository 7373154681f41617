import { describe, expect, it } from 'vitest';
import { errorPosition } from './error-position.js';

const marked = (query: string, message: string): string | null => {
  const position = errorPosition(query, message);
  return position === null ? null : query.slice(position.from, position.to);
};

describe('errorPosition', () => {
  it('finds the word at line and column', () => {
    expect(marked('rate(up)', 'invalid parameter "query": 1:6: parse error: expected type range vector')).toBe('up');
    expect(marked('sum(\n  foo bar)', '2:7: parse error: unexpected identifier "bar"')).toBe('bar');
  });
  it('counts columns in bytes', () => expect(marked('{a="é"} foo', '1:10: parse error: unexpected identifier')).toBe('foo'));
  it('marks the last character where the query ends too early', () => expect(marked('sum(up', '1:7: parse error: unclosed left parenthesis')).toBe('p'));
  it('reads the place that a warning ends with', () => expect(marked('rate(up[5m])', 'PromQL info: metric might not be a counter: "up" (1:6)')).toBe('up'));
  it('finds no place that is not there', () => {
    expect([marked('up', 'query timed out at 12:30'), marked('up', '3:1: parse error'), marked('up', '1:99: parse error'), marked('', 'x')]).toEqual([null, null, null, null]);
    expect(errorPosition('', '1:1: parse error: no expression found in input')).toEqual({ from: 0, to: 0 });
  });
});
