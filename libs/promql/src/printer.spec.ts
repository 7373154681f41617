import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGGREGATE_OPERATORS, ARITHMETIC_OPERATORS, COMPARISON_OPERATORS, SET_OPERATORS } from './ast.js';
import { parseQuery } from './parser/parse-query.js';
import { printExpr } from './printer.js';

describe('printExpr', () => {
  it.each([
    ['sum(a) by (x,"y z")', 'sum by (x, "y z") (a)'],
    ['sum by () (a)', 'sum(a)'],
    ['sum without () (a)', 'sum without () (a)'],
    ['topk(5,a)', 'topk(5, a)'],
    ['a{b!="c",a=~"d"}', 'a{a=~"d",b!="c"}'],
    ['{__name__="a"}', '{__name__="a"}'],
    ['{"a b"="\\n"}', '{"a b"="\\n"}'],
    ['a+on()group_left b', 'a + on () group_left () b'],
    ['a+fill_left(5)fill_right(5)b', 'a + fill (5) b'],
    ['a+fill(1000000)b', 'a + fill (1e+06) b'],
    ['a[300] smoothed @ 10 offset -90', 'a[5m] smoothed @ 10.000 offset -1m30s'],
    ['a offset 1m30s smoothed', 'a smoothed offset 1m30s'],
    ['a[1h:5m] @ end()', 'a[1h:5m] @ end()'],
    ['a[5m*2:(10)]', 'a[5m * 2:(10)]'],
    ['a[((5m))]', 'a[(5m)]'],
    ['a offset -min_of(10s,+step()^2)', 'a offset -min_of(10s, step() ^ 2)'],
    ['a offset 0', 'a'],
    ['1e21+1e-7+5m-Inf', '1000000000000000000000 + 0.0000001 + 5m - +Inf'],
    ['-a^2', '-a ^ 2'],
    ['a==bool 1', 'a == bool 1'],
    ['"a\\x00\\xffé\\u200b"', '"a\\x00\\xffé\\u200b"'],
    ['a[90d] offset 2y', 'a[90d] offset 2y'],
  ])('%s', (query, printed) => expect(printExpr(parseQuery(query))).toBe(printed));
});

const NAME = fc.constantFrom('up', 'http_requests_total', 'a:b', 'sum', 'offset', 'fill');
const TEXT = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('', '\n"\\', '€', '\u0000')).filter((text) => !text.includes('\ufffd'));
const LABEL = fc.oneof(fc.constantFrom('job', 'le', 'on', 'by'), TEXT.filter((text) => text !== ''));
const quoted = (text: string): string => `"${Array.from(text, (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`).join('')}"`;
// Prometheus prints Inf with a sign, which before a power would be the sign of the power.
const NUMBER = fc.oneof(fc.integer().map(String), fc.double({ noDefaultInfinity: true, noNaN: true, min: 0 }).map(String), fc.constantFrom('(Inf)', 'NaN', '0x1f', '5m', '1h30m', '1.', '.5'));
const DURATION_DEPTH = fc.createDepthIdentifier();
const DURATION = fc.letrec<{ any: string; primary: string }>((tie) => ({
  primary: fc.oneof({ maxDepth: 3, depthIdentifier: DURATION_DEPTH }, fc.constantFrom('5m', '90', '1h30m', 'step()', 'RANGE()'), tie('any').map((inner) => `(${inner})`), fc.tuple(tie('any'), tie('any')).map(([a, b]) => `max_of(${a}, ${b})`)),
  any: fc.oneof({ maxDepth: 3, depthIdentifier: DURATION_DEPTH }, tie('primary'), fc.tuple(tie('primary'), fc.constantFrom('+', '-', '*', '^'), tie('primary')).map((parts) => parts.join(' '))),
}));
const RANGE = DURATION.any;
const OFFSET = fc.oneof(fc.constantFrom('5m', '-1h', '+90', 'step()', '-range()'), RANGE.map((range) => `(${range})`));
const SHIFT = fc.oneof(fc.constant(''), OFFSET.map((offset) => ` offset ${offset}`), fc.constantFrom(' @ start()', ' @ 1.5', ' @ -3 offset 1m'));
const MATCHER = fc.tuple(LABEL, fc.constantFrom('=', '!='), TEXT).map(([name, operator, value]) => `${quoted(name)}${operator}${quoted(value)}`);
const SELECTOR = fc.tuple(NAME, fc.array(MATCHER, { maxLength: 3 })).map(([name, matchers]) => `${name}{${matchers.join(',')}}`);
const EXTENSION = fc.constantFrom('', ' anchored', ' smoothed');
const LABELS = fc.array(LABEL, { maxLength: 3 }).map((labels) => `(${labels.map(quoted).join(', ')})`);
const MATCHING = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('on', 'ignoring'), LABELS).map((parts) => parts.join(' ')),
  fc.constantFrom('fill (0)', 'fill_left (-1.5)', 'ignoring (x) group_right fill_right (1e9) fill_left (2)', 'on (x) group_left (y)'),
);

const DEPTH = fc.createDepthIdentifier();

/** Instant vectors. What is written need not be how it is printed. */
const EXPRESSION = fc.letrec<{ vector: string; operand: string; matrix: string; scalar: string }>((tie) => ({
  scalar: fc.oneof({ maxDepth: 4, depthIdentifier: DEPTH }, NUMBER, fc.constantFrom('time()', 'step()', 'min_of(1, 2)'), tie('vector').map((vector) => `scalar(${vector})`)),
  matrix: fc.oneof(
    { maxDepth: 4, depthIdentifier: DEPTH },
    fc.tuple(SELECTOR, RANGE, EXTENSION, SHIFT).map(([selector, range, extension, shift]) => `${selector}[${range}]${extension}${shift}`),
    // Prometheus asks for a number before the first colon.
    fc.tuple(tie('operand'), RANGE, fc.oneof(fc.constant(''), RANGE), SHIFT).map(([vector, range, step, shift]) => `${vector}[1h + ${range}:${step}]${shift}`),
  ),
  operand: fc.oneof(
    { maxDepth: 4, depthIdentifier: DEPTH },
    // Behind an offset in parentheses, Prometheus takes an operator for one between durations.
    fc.tuple(SELECTOR, SHIFT).map(([selector, shift]) => (shift.endsWith(')') ? `(${selector}${shift})` : `${selector}${shift}`)),
    tie('vector').map((vector) => `(${vector})`),
    fc.tuple(fc.constantFrom('rate', 'last_over_time', 'absent_over_time'), tie('matrix')).map(([name, matrix]) => `${name}(${matrix})`),
    fc.tuple(tie('vector'), tie('scalar')).map(([vector, scalar]) => `clamp_max(${vector}, ${scalar})`),
    fc.tuple(tie('vector'), TEXT.map(quoted), TEXT.map(quoted)).map(([vector, ...texts]) => `label_join(${vector}, ${texts.join(', ')}, "x")`),
    fc.tuple(fc.constantFrom(...AGGREGATE_OPERATORS), fc.constantFrom('by', 'without'), LABELS, tie('vector')).map(([operator, keyword, labels, vector]) => {
      const param = { count_values: '"v", ', topk: '3, ', bottomk: '3, ', quantile: '.5, ', limitk: '3, ', limit_ratio: '-0.5, ' }[operator as 'topk'] ?? '';
      return `${operator} ${keyword} ${labels} (${param}${vector})`;
    }),
  ),
  vector: fc.oneof(
    { maxDepth: 4, depthIdentifier: DEPTH },
    tie('operand'),
    tie('operand').map((operand) => `-${operand}`),
    fc.tuple(tie('operand'), fc.constantFrom(...ARITHMETIC_OPERATORS), MATCHING, tie('operand')).map((parts) => parts.join(' ')),
    fc.tuple(tie('operand'), fc.constantFrom(...COMPARISON_OPERATORS), fc.constantFrom('', 'bool'), tie('scalar')).map((parts) => parts.join(' ')),
    fc.tuple(tie('vector'), fc.constantFrom(...ARITHMETIC_OPERATORS, ...SET_OPERATORS), tie('operand')).map((parts) => parts.join(' ')),
    fc.tuple(tie('operand'), fc.constantFrom(...ARITHMETIC_OPERATORS, ...SET_OPERATORS), tie('vector')).map((parts) => parts.join(' ')),
  ),
}));

describe('printing and parsing', () => {
  it('gives the same expression again, for 500 generated queries', () => {
    fc.assert(
      fc.property(EXPRESSION.vector, (query) => {
        const expr = parseQuery(query);
        const printed = printExpr(expr);
        const again = parseQuery(printed);
        expect(printExpr(again)).toBe(printed);
        expect(JSON.stringify(again, canonical)).toBe(JSON.stringify(expr, canonical));
      }),
      { numRuns: 500 },
    );
  });

  it('never fails in another way than by a QueryError, for 3000 hostile texts', () => {
    const token = fc.constantFrom('a', 'sum', 'rate', 'by', 'on', 'offset', '@', '(', ')', '[', ']', '{', '}', ',', ':', '5m', '1', '"x"', '=', '=~', '!=', '+', '-', '*', 'and', 'bool', 'step', '#', '\n', '\\', '`', '\ud800', '\ufffd', 'fill', '%');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(token, { maxLength: 20 }).map((tokens) => tokens.join(' ')), fc.array(token, { maxLength: 20 }).map((tokens) => tokens.join(''))), (query) => {
        try {
          parseQuery(query);
        } catch (error) {
          expect((error as Error).name).toBe('QueryError');
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** Leaves out where and how things were written: the printer sorts matchers by their text. */
function canonical(key: string, value: unknown): unknown {
  if (key === 'position' || key === 'withUnits') return undefined;
  if (key === 'matchers') return (value as readonly unknown[]).map((matcher) => JSON.stringify(matcher)).sort();
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : Object.is(value, -0) ? '-0' : value;
}
