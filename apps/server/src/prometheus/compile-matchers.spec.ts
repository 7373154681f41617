import { expect, it } from 'vitest';
import { compileMatchers } from './compile-matchers.js';

const LABELS = [{ name: 'team', value: 'a' }];

it('no matchers fit everything', () => {
  expect(compileMatchers([])(LABELS)).toBe(true);
});

it('all matchers must fit, and a label that is not there is empty', () => {
  const fits = compileMatchers([{ name: 'team', operator: '=~', value: 'a|b' }, { name: 'secret', operator: '=', value: '' }]);
  expect([fits(LABELS), fits([]), fits([...LABELS, { name: 'secret', value: 'x' }])]).toEqual([true, false, false]);
});
