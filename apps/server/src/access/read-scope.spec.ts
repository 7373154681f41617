import { expect, it } from 'vitest';
import { parseReadScope } from './read-scope.js';

it('is matchers in braces, and nothing stands for everything', () => {
  expect(parseReadScope('{team="shop",env!="test"}')).toEqual([
    { name: 'team', operator: '=', value: 'shop' },
    { name: 'env', operator: '!=', value: 'test' },
  ]);
  expect(parseReadScope(' ')).toEqual([]);
});

it.each(['team="shop"', 'sum({team="shop"})', '{team="shop"} offset 5m', '{team="shop"}[5m]', '{team=~"("}', '{}', '"'])('refuses %s', (text) => {
  expect(() => parseReadScope(text)).toThrow();
});
