import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { compileMatcher } from './compile-matcher.js';
import { compilePattern, PatternError } from './compile-pattern.js';

const RUNS = 2_000;

/** What Prometheus runs, without any short cut. */
function plainRe2(pattern: string): (value: string) => boolean {
  const regexp = RE2JS.compile(`^(?s:${pattern})$`);
  return (value) => regexp.matcher(value).find();
}

const piece = fc.constantFrom('a', 'b', 'ab', '-', '\\.', '\\-', '.', '.*', '.+', '|', '(', '(?:', ')', '*', '+', '?', '[ab]', '{2}', '\\', '^', '$', '(?i)', '\n', 'é', '😀', '\\d', '(a|b)', '(?:ab|)', '');
const value = fc.array(fc.constantFrom('a', 'b', 'A', '-', '.', '\n', 'é', '😀', '2'), { maxLength: 6 }).map((chars) => chars.join(''));

describe('compilePattern', () => {
  it(`decides as plain RE2 does, whatever short cut it takes (${RUNS} patterns, 8 values each)`, () => {
    let simple = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join('')), fc.array(value, { minLength: 8, maxLength: 8 }), (pattern, values) => {
        let reference: (value: string) => boolean;
        try {
          RE2JS.compile(pattern);
          reference = plainRe2(pattern);
        } catch {
          expect(() => compilePattern(pattern)).toThrow(PatternError);
          return;
        }
        const compiled = compilePattern(pattern);
        if (compiled.literals !== null) simple += 1;
        for (const each of [...values, ...(compiled.literals ?? [])]) expect([each, compiled.matches(each)]).toEqual([each, reference(each)]);
        for (const literal of compiled.literals ?? []) expect(reference(literal)).toBe(true);
      }),
      { numRuns: RUNS },
    );
    expect(simple).toBeGreaterThan(RUNS / 20);
  });

  it('names the literals of a plain alternation, each once', () => {
    expect(compilePattern('a|b\\.c|a').literals).toEqual(['a', 'b.c']);
    expect(compilePattern('(?:prod|stage)-(eu|us)').literals).toEqual(['prod-eu', 'prod-us', 'stage-eu', 'stage-us']);
    expect(compilePattern('a|').literals).toEqual(['a', '']);
    expect(compilePattern('a.*').literals).toBeNull();
    expect(compilePattern('[ab]').literals).toBeNull();
  });

  it.each([
    ['foo(', 'error parsing regexp: missing closing ): `foo(`'],
    ['a)', 'error parsing regexp: unexpected ): `a)`'],
    ['*', 'error parsing regexp: missing argument to repetition operator: `*`'],
    ['x**', 'error parsing regexp: invalid nested repetition operator: `**`'],
    ['[a', 'error parsing regexp: missing closing ]: `[a`'],
    ['\\8', 'error parsing regexp: invalid escape sequence: `\\8`'],
    ['(?=a)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['a{1001}', 'error parsing regexp: invalid repeat count: `{1001}`'],
    ['a\\', 'error parsing regexp: trailing backslash at end of expression: ``'],
  ])('refuses %s in the words of Go', (pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(new PatternError(message));
  });

  it.each([['long', 'ab'.repeat(60_000)], ['repeated', '.{1000}'.repeat(11)], ['nested', '((?:[a-z]{30}){30}){9}|(?:((a{10}){10}){9}){5}|.{1000}.{900}'], ['wide', `(?:${'[a-c]x'.repeat(100)}){999}`]])(
    'refuses a pattern that would be too large: %s',
    (_, pattern) => {
      expect(() => compilePattern(pattern)).toThrow(/too large|characters|invalid repeat count/);
    },
  );

  it('matches what makes backtracking engines hang', () => {
    const text = `${'a'.repeat(5_000)}!`;
    for (const pattern of ['(a+)+', '(a|aa)+', '(.*a){20}', '(a?){50}a{50}', '([a-z]*)*b']) expect(compilePattern(pattern).matches(text)).toBe(false);
  });

  it('takes ten thousand alternatives', () => {
    const { matches, literals } = compilePattern(Array.from({ length: 10_000 }, (_, i) => `host${i}`).join('|'));
    expect(literals).toHaveLength(10_000);
    expect([matches('host9999'), matches('host10000')]).toEqual([true, false]);
  });
});

describe('compileMatcher', () => {
  it('decides by operator, and takes an absent label as empty', () => {
    const decide = (operator: '=' | '!=' | '=~' | '!~', wanted: string, given: string) => compileMatcher({ name: 'x', operator, value: wanted })(given);
    expect([decide('=', 'a', 'a'), decide('=', 'a', 'b'), decide('!=', 'a', 'a'), decide('!=', 'a', '')]).toEqual([true, false, false, true]);
    expect([decide('=~', 'a.+', 'ab'), decide('=~', 'a', 'ab'), decide('=~', '.*', ''), decide('=~', '.+', '')]).toEqual([true, false, true, false]);
    expect([decide('!~', 'a.+', 'ab'), decide('!~', 'a', 'ab'), decide('!~', '.*', 'x')]).toEqual([false, true, false]);
    expect(() => compileMatcher({ name: 'x', operator: '!~', value: '(' })).toThrow(PatternError);
  });
});
