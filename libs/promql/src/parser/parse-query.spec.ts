import { describe, expect, it } from 'vitest';
import type { Binary, Expr } from '../ast.js';
import { QueryError } from '../query-error.js';
import { parseQuery } from './parse-query.js';

function errorOf(query: string): string {
  try {
    parseQuery(query);
  } catch (error) {
    expect(error).toBeInstanceOf(QueryError);
    return (error as QueryError).message;
  }
  throw new Error(`${query} was accepted`);
}

/** With brackets around each operation. */
function shape(expr: Expr): string {
  switch (expr.type) {
    case 'binary':
      return `(${shape(expr.left)} ${expr.operator} ${shape(expr.right)})`;
    case 'unary':
      return `(${expr.operator}${shape(expr.expr)})`;
    case 'paren':
      return shape(expr.expr);
    case 'number':
      return String(expr.value);
    case 'vector-selector':
      return `${expr.name}${expr.offset === null ? '' : '~'}${expr.at === null ? '' : '@'}`;
    default:
      return expr.type;
  }
}

describe('what binds to what', () => {
  it.each([
    ['1 + a offset 5m * 2', '(1 + (a~ * 2))'],
    ['a * b @ 10 ^ 2', '(a * (b@ ^ 2))'],
    ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
    ['a - b - c', '((a - b) - c)'],
    ['-1 ^ 2', '(-(1 ^ 2))'],
    ['-a * b', '((-a) * b)'],
    ['a or b and c unless d', '(a or ((b and c) unless d))'],
    ['a > bool b + 1', '(a > (b + 1))'],
    ['a % b atan2 c', '((a % b) atan2 c)'],
    ['2 ^ -1 * 3', '((2 ^ -1) * 3)'],
    ['a offset -2 ^ 2', '(a~ ^ 2)'],
    ['- - 1', '1'],
  ])('%s', (query, expected) => expect(shape(parseQuery(query))).toBe(expected));
});

describe('literals', () => {
  it.each([
    ['1.', 1],
    ['.5', 0.5],
    ['1./6.', null],
    ['1_000', 1000],
    ['0x1F', 31],
    ['017', 15],
    ['08', 8],
    ['1e3', 1000],
    ['1.e2', 100],
    ['inF', Infinity],
    ['-Inf', -Infinity],
    ['nan', Number.NaN],
    ['5m', 300],
    ['1h30m', 5400],
    ['1y2w3d4h5m6s7ms', 31_536_000 + 2 * 604_800 + 3 * 86_400 + 4 * 3600 + 306.007],
  ])('the number %s', (query, value) => {
    const expr = parseQuery(query);
    if (value === null) expect(expr.type).toBe('binary');
    else expect(expr).toMatchObject({ type: 'number', value });
  });

  it.each([
    [`"a\\n\\x41\\u00e9\\U0001F600\\101\\""`, 'a\nAé😀A"'],
    [`'it\\'s'`, "it's"],
    ['`\\n "raw" \n`', '\\n "raw" \n'],
    ['"\\xe2\\x82\\xac"', '€'],
    // A byte that is no UTF-8 is kept as a lone surrogate.
    ['"a\\xc5z"', 'a\udcc5z'],
  ])('the string %s', (query, value) => expect(parseQuery(query)).toMatchObject({ type: 'string', value }));
});

describe('selectors', () => {
  it('takes names and labels in quotes, and keywords as names', () => {
    expect(parseQuery('{"http.requests", "a b"=~"x.*", sum!="y",}')).toMatchObject({
      name: null,
      matchers: [
        { name: '__name__', operator: '=', value: 'http.requests' },
        { name: 'a b', operator: '=~', value: 'x.*' },
        { name: 'sum', operator: '!=', value: 'y' },
      ],
    });
    for (const name of ['sum', 'offset', 'by', 'and', 'start', 'step', 'fill', 'fill_left', 'min_of', 'anchored', 'a:b']) expect(parseQuery(name)).toMatchObject({ name });
    expect(parseQuery('sum by (on, bool, "x y") (sum)')).toMatchObject({ labels: ['on', 'bool', 'x y'], expr: { name: 'sum' } });
  });

  it('holds range, extension, @ and offset in any order of writing', () => {
    const written = ['a[5m] anchored @ 10 offset 1m', 'a[5m] offset 1m @ 10 anchored', 'a anchored[5m] @ 10 offset 1m'].map((query) => parseQuery(query));
    for (const expr of written) {
      expect(expr).toMatchObject({ type: 'matrix-selector', vector: { extension: 'anchored', at: { type: 'time', timeMs: 10_000 }, offset: { seconds: 60 } }, range: { seconds: 300 } });
    }
  });

  it('reads @ start(), @ end() and subqueries', () => {
    expect(parseQuery('a[1h:] @ START()')).toMatchObject({ type: 'subquery', step: null, at: { type: 'start' } });
    expect(parseQuery('a[1h:5m] @ end() offset -1m')).toMatchObject({ step: { seconds: 300 }, at: { type: 'end' }, offset: { seconds: -60 } });
    expect(parseQuery('a @ -1.5')).toMatchObject({ at: { type: 'time', timeMs: -1500 } });
  });

  it('reads arithmetic on durations', () => {
    expect(parseQuery('a[5m * 2 + STEP()]')).toMatchObject({ range: { type: '+', left: { type: '*' }, right: { type: 'step' } } });
    expect(parseQuery('a[min_of(range(), 1h) : max_of(step(), 10)] offset -(1m + 5)')).toMatchObject({
      range: { type: 'min', left: { type: 'range' } },
      step: { type: 'max', right: { seconds: 10 } },
      offset: { type: 'negate', operand: { type: 'paren', operand: { type: '+' } } },
    });
    expect(parseQuery('min_of(1, 2) + max_of(3, 4)')).toMatchObject({ left: { function: 'min_of' }, right: { function: 'max_of' } });
  });
});

describe('matching', () => {
  it('reads on, ignoring, group and fill', () => {
    expect(parseQuery('a * on (x, y) group_left (z) fill_right (-1) fill_left (2) b')).toMatchObject({
      matching: { cardinality: 'many-to-one', on: true, labels: ['x', 'y'], include: ['z'], fill: { left: 2, right: -1 } },
    });
    expect(parseQuery('a == bool ignoring (x) fill (0) b')).toMatchObject({ returnBool: true, matching: { on: false, labels: ['x'], fill: { left: 0, right: 0 } } });
    expect(parseQuery('fill + fill(1) fill')).toMatchObject({ left: { name: 'fill' }, right: { name: 'fill' }, matching: { fill: { left: 1 } } });
  });

  it('is many-to-many for sets, and none unless both sides are vectors', () => {
    expect((parseQuery('a and b') as Binary).matching?.cardinality).toBe('many-to-many');
    expect((parseQuery('a + 1') as Binary).matching).toBeNull();
    expect((parseQuery('a + on () 1') as Binary).matching).toBeNull();
  });
});

describe('errors', () => {
  it.each([
    ['', 'unknown position: parse error: no expression found in input'],
    ['  # nothing', '1:1: parse error: no expression found in input'],
    ['1 +', '1:4: parse error: unexpected end of input'],
    ['a\n  + )', '2:6: parse error: unexpected right parenthesis \')\''],
    ['"é" b', '1:6: parse error: unexpected identifier "b"'],
    ['(a', '1:3: parse error: unclosed left parenthesis'],
    ['a[5m', '1:5: parse error: unclosed left bracket'],
    ['a{', '1:3: parse error: unexpected end of input inside braces'],
    ['a{b}', '1:4: parse error: unexpected "}" in label matching, expected label matching operator'],
    ['a{b=c}', '1:5: parse error: unexpected identifier "c" in label matching, expected string'],
    ['a{b="c" d="e"}', '1:9: parse error: unexpected identifier "d" in label matching, expected "," or "}"'],
    ['a{b=~"*"}', '1:3: parse error: error parsing regexp: missing argument to repetition operator: `*`'],
    ['a[0]', '1:3: parse error: duration must be greater than 0'],
    ['a[5m 6m]', '1:6: parse error: unexpected duration "6m" in subquery or range, expected ":" or "]"'],
    ['a[5m/0]', '1:5: parse error: division by zero'],
    ['a[1m1h]', '1:3: parse error: not a valid duration string: "1m1h"'],
    ['a offset', '1:9: parse error: unexpected end of input in offset, expected number, duration, step(), or range()'],
    ['a offset 1m offset 2m', '1:1: parse error: offset may not be set multiple times'],
    ['a @ now', '1:5: parse error: unexpected identifier "now" in @, expected timestamp'],
    ['a @ Inf', '1:1: parse error: timestamp out of bounds for @ modifier: +Inf'],
    ['(a)[5m]', '1:4: parse error: ranges only allowed for vector selectors'],
    ['a[5m] anchored smoothed', '1:1: parse error: anchored and smoothed modifiers cannot be used together'],
    ['a[5m:] anchored', '1:1: parse error: anchored modifier is not supported for subqueries'],
    ['sum(a b)', '1:7: parse error: unexpected identifier "b" in aggregation'],
    ['sum by a (b)', '1:8: parse error: unexpected identifier "a" in grouping opts, expected "("'],
    ['sum()', '1:1: parse error: no arguments for aggregate expression provided'],
    ['topk(a)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['foo(a)', '1:1: parse error: unknown function with name "foo"'],
    ['rate(a[5m],)', '1:11: parse error: trailing commas not allowed in function call args'],
    ['"\\q"', "1:1: parse error: unknown escape sequence U+0071 'q'"],
    ['"a', '1:1: parse error: unterminated quoted string'],
    ['100..4', '1:1: parse error: bad number or duration syntax: "100.."'],
    ['1e400', '1:1: parse error: error parsing number: strconv.ParseFloat: parsing "1e400": value out of range'],
    ['a ! b', "1:3: parse error: unexpected character after '!': ' '"],
    ['a & b', "1:3: parse error: unexpected character: '&'"],
  ])('syntax: %s', (query, message) => expect(errorOf(query)).toBe(message));

  it.each([
    ['{}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['a{__name__="b"}', '1:1: parse error: metric name must not be set twice: "a" or "b"'],
    ['rate(a)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['rate()', '1:1: parse error: expected 1 argument(s) in call to "rate", got 0'],
    ['label_join(a, "b")', '1:1: parse error: expected at least 3 argument(s) in call to "label_join", got 2'],
    ['round(a, 1, 2)', '1:1: parse error: expected at most 2 argument(s) in call to "round", got 3'],
    ['sum("a")', '1:5: parse error: expected type instant vector in aggregation expression, got string'],
    ['topk(a, b)', '1:6: parse error: expected type scalar in aggregation parameter, got instant vector'],
    ['1 > 2', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
    ['a + bool b', '1:3: parse error: bool modifier can only be used on comparison operators'],
    ['a and 1', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['a + on (x) 1', '1:1: parse error: vector matching only allowed between instant vectors'],
    ['a + fill (1) 1', '1:1: parse error: filling in missing series only allowed between instant vectors'],
    ['a and on (x) group_left b', '1:1: parse error: no grouping allowed for "and" operation'],
    ['a + on (x) group_left (x) b', '1:3: parse error: label "x" must not occur in ON and GROUP clause at once'],
    ['a[5m] + 1', '1:1: parse error: binary expression must contain only scalar and instant vector types'],
    ['-"a"', '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string"'],
    ['a[5m][5m:]', '1:1: parse error: subquery is only allowed on instant vector, got matrix instead'],
    ['info(a, b)', '1:9: parse error: expected label selectors only, got vector selector instead'],
    ['info(a, sum(b))', '1:9: parse error: expected label selectors only'],
  ])('types: %s', (query, message) => expect(errorOf(query)).toBe(message));

  it('lets info() match what is empty', () => expect(parseQuery('info(a, {b=~".*"})').type).toBe('call'));

  it.each([
    ['brackets', '('.repeat(100_000)],
    ['signs', `${'-'.repeat(100_000)}1`],
    ['operators', `1${'+1'.repeat(100_000)}`],
    ['subqueries', `a${'[1m:]'.repeat(50_000)}`],
    ['brackets of a duration', `a[${'('.repeat(100_000)}`],
    ['calls', 'abs('.repeat(100_000)],
  ])('tells of too deep a nesting of %s', (_what, query) => expect(errorOf(query)).toContain('expression is nested more than 500 levels deep'));

  it('tells of too long a query', () => expect(errorOf('a'.repeat(1_000_001))).toContain('query is longer than 1000000 characters'));
});
