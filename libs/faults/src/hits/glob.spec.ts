import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatches } from './glob.js';

/** The meaning of a pattern, written down as the language it is; only fit for short texts. */
function matchesBySearch(pattern: string, text: string): boolean {
  const [first, ...rest] = [...pattern];
  if (first === undefined) return text === '';
  if (first === '*') return Array.from({ length: text.length + 1 }, (_, skipped) => text.slice(skipped)).some((left) => matchesBySearch(rest.join(''), left));
  return text.startsWith(first) && matchesBySearch(rest.join(''), text.slice(first.length));
}

describe('globMatches', () => {
  it.each([
    ['/pay', '/pay', true],
    ['/pay', '/pay/', false],
    ['/pay', '/PAY', false],
    ['/pay/*', '/pay/', true],
    ['/pay/*', '/pay/1/2', true],
    ['/pay/*', '/pay', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['*/status', '/a/status', true],
    ['/a/*/c', '/a/b/c', true],
    ['/a/*/c', '/a/c', false],
    ['*ab*ab*', 'ab', false],
    ['*aab*', 'aaab', true],
    ['a*a', 'a', false],
    ['a.c', 'abc', false],
    ['/[a-z]+', '/abc', false],
  ])('%s meets %s: %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it('means what the language says', () => {
    const short = (units: string[], maxLength: number) => fc.string({ unit: fc.constantFrom(...units), maxLength });
    fc.assert(
      fc.property(short(['a', 'b', '*'], 8), short(['a', 'b'], 12), (pattern, text) => {
        expect(globMatches(pattern, text)).toBe(matchesBySearch(pattern, text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('looks at each character a bounded number of times, whatever the pattern', () => {
    const reads = { count: 0 };
    // A text that counts how often it is looked at, as an engine that tries again and again would.
    const text = new Proxy(Object('a'.repeat(20_000)) as object, {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads.count += 1;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    expect(globMatches(`*${'aaaaaaaaab*'.repeat(15)}`, text as unknown as string)).toBe(false);
    expect(reads.count).toBeGreaterThan(0);
    expect(reads.count).toBeLessThan(20_000 * 4);
  });
});
