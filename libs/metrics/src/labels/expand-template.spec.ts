import { describe, expect, it } from 'vitest';
import { compileAnchored } from './anchored-regexp.js';
import { PatternError } from './compile-pattern.js';
import { expandTemplate } from './expand-template.js';

const groups = { numbered: ['whole', 'one', null, 'three'], named: new Map([['name', 'N'], ['1x', 'odd']]) };

describe('expandTemplate', () => {
  it.each([
    ['plain', 'plain'],
    ['$1', 'one'],
    ['${1}x', 'onex'],
    ['$1x', 'odd'],
    ['$0-$3', 'whole-three'],
    ['[$2][$9][$01]', '[][][]'],
    ['$name ${name} $other', 'N N '],
    ['$$1 $$$1', '$1 $one'],
    ['$', '$'],
    ['a$-$ $', 'a$-$ $'],
    ['${', '${'],
    ['${}', '${}'],
    ['${1', '${1'],
    ['${a-b}', '${a-b}'],
    ['$é', ''],
  ])('expands %s', (template, expected) => {
    expect(expandTemplate(template, groups)).toBe(expected);
  });
});

describe('compileAnchored', () => {
  it('gives groups by number and name, of whole values only', () => {
    const regexp = compileAnchored('(?P<host>[^:]+)(?::(\\d+))?');
    expect(regexp.groups('a:80')).toEqual({ numbered: ['a:80', 'a', '80'], named: new Map([['host', 'a']]) });
    expect(regexp.groups('a')).toEqual({ numbered: ['a', 'a', null], named: new Map([['host', 'a']]) });
    expect(regexp.groups('a:x')).toBeNull();
    expect([regexp.matches('a:80'), regexp.matches(':80')]).toEqual([true, false]);
  });

  it('takes the group that a whole match needs, and lets a dot match line ends', () => {
    expect(compileAnchored('(a|ab)(c|bcd)?').groups('abcd')?.numbered).toEqual(['abcd', 'a', 'bcd']);
    expect(compileAnchored('a|ab').groups('ab')?.numbered).toEqual(['ab']);
    expect(compileAnchored('(.*)').groups('a\nb')?.numbered[1]).toBe('a\nb');
  });

  it('refuses what RE2 refuses', () => {
    expect(() => compileAnchored('(a')).toThrow(new PatternError('error parsing regexp: missing closing ): `(a`'));
  });
});
