import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNatural } from './natural-order.js';

describe('compareNatural', () => {
  it.each([
    [['disk10', 'disk2', 'disk1', 'disk'], ['disk', 'disk1', 'disk2', 'disk10']],
    [['1.10.0', '1.9.1', '1.9'], ['1.9', '1.9.1', '1.10.0']],
    [['a-', 'a1', 'b'], ['a1', 'a-', 'b']],
    [['99999999999999999999998', '99999999999999999999999', '0'], ['0', '99999999999999999999998', '99999999999999999999999']],
    [['x', '', '5'], ['', '5', 'x']],
  ])('sorts %j', (texts, expected) => {
    expect([...texts].sort(compareNatural)).toEqual(expected);
  });

  it('is an order (500 runs)', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'b', '-', '\u{1f600}'), maxLength: 6 });
    fc.assert(fc.property(text, text, text, (a, b, c) => {
      expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0);
      if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
    }), { numRuns: 500 });
  });
});
