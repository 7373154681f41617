import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelNameParameter } from './label-name-parameter.js';

/** As clients escape a name that older Prometheus could not hold. */
function escaped(name: string): string {
  const escape = (character: string): string => (character === '_' ? '__' : /[a-zA-Z0-9:]/.test(character) ? character : `_${character.codePointAt(0)!.toString(16)}_`);
  return `U__${[...name].map(escape).join('')}`;
}

it.each([
  ['job', 'job'], ['http.method', 'http.method'], ['U__http_2e_method', 'http.method'], ['U__a__b', 'a_b'], ['U___1F4A1_', '💡'], ['U__', null],
  // What is not escaped rightly is a name of its own.
  ['U__a_', 'U__a_'], ['U__a_zz_', 'U__a_zz_'], ['U__a_d800_', 'U__a_d800_'], ['U__a_110000_', 'U__a_110000_'], ['U__a_1234567_', 'U__a_1234567_'],
])('%s means %s', (text, name) => {
  if (name === null) expect(() => labelNameParameter(text)).toThrow('invalid label name: ""');
  else expect(labelNameParameter(text)).toBe(name);
});

it('every name survives its escaping (2,000 runs)', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => labelNameParameter(escaped(name)) === name), { numRuns: 2_000 });
});

it('a name that UTF-8 cannot hold is refused', () => {
  expect(() => labelNameParameter('\ud800')).toThrow('invalid label name');
});
