import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyCursor } from './body-cursor.js';
import { ExpositionError } from './exposition-error.js';
import { readFloat, readInteger } from './read-number.js';

function read(text: string, reader: (cursor: BodyCursor) => number): number {
  const cursor = new BodyCursor(new TextEncoder().encode(`${text}\n`));
  const value = reader(cursor);
  if (cursor.at !== text.length) throw new Error(`stopped at ${cursor.at}`);
  return value;
}

describe('floats', () => {
  it.each(['0', '-0', '+1', '1.', '.5', '1.5', '-1.25e3', '1E5', '1e+05', '1.7e-7', '00012', '9007199254740991', '9007199254740993', '18446744073709551615', '0.1', '0.30000000000000004', '1e22', '1e23', '1e-22', '1e-23', '123456789012345678901234567890', '5e-324', '1e-400', '1.7976931348623157e308', '0e9999999', '3.141592653589793238462643'])(
    'reads %s exactly',
    (text) => expect(read(text, readFloat)).toBe(Number(text)),
  );

  it.each([['Inf', Infinity], ['+inf', Infinity], ['-INF', -Infinity], ['Infinity', Infinity], ['-infinity', -Infinity], ['NaN', NaN], ['nan', NaN], ['NAN', NaN]])('reads %s', (text, value) => expect(read(text, readFloat)).toBe(value));

  it.each(['', '.', '-', '+', 'e5', '.e5', '1e', '1e+', '1e400', '-1e400', '+NaN', '-nan', 'infin', 'in', 'x', '--1', '+-1', '#'])('refuses %j', (text) => expect(() => read(text, readFloat)).toThrow(ExpositionError));

  it.each(['0x1p-3', '1_2', '0b1', '1e5.5', '1f', '1p3', 'Infx', 'infinityx'])('stops within %s', (text) => expect(() => read(text, readFloat)).toThrow(/stopped at|expected/));

  it('reads back every float, however it is written (5,000 runs)', () => {
    const spelt = fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 20 })).map(([value, digits]) => [String(value), value.toExponential(digits), value.toPrecision(digits + 1)]);
    fc.assert(
      fc.property(spelt, (texts) => {
        for (const text of texts) if (Number.isFinite(Number(text))) expect(read(text, readFloat)).toBe(Number(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('integers', () => {
  it.each([['0', 0], ['007', 7], ['-0', 0], ['-9223372036854775807', -(2 ** 63)], ['-12', -12], ['1700000000123', 1700000000123], ['9223372036854775807', 2 ** 63]])('reads %s', (text, value) => expect(read(text, readInteger)).toBe(value));
  it.each(['', '-', '+1', 'x', '1e3', '1.0', '10000000000000000000'])('refuses %j', (text) => expect(() => read(text, readInteger)).toThrow(/stopped at|expected/));
});
