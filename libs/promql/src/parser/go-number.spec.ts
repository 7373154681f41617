import { describe, expect, it } from 'vitest';
import { formatDecimal, formatGeneral } from './go-number.js';

describe('numbers as Go prints them', () => {
  it.each([
    [0, '0', '0'],
    [-0, '-0', '-0'],
    [0.1, '0.1', '0.1'],
    [123.456, '123.456', '123.456'],
    [100_000, '100000', '100000'],
    [1_234_567, '1234567', '1.234567e+06'],
    [-1e21, '-1000000000000000000000', '-1e+21'],
    [0.0001, '0.0001', '0.0001'],
    [0.00001234, '0.00001234', '1.234e-05'],
    [5e-324, `0.${'0'.repeat(323)}5`, '5e-324'],
    [Infinity, '+Inf', '+Inf'],
    [-Infinity, '-Inf', '-Inf'],
    [Number.NaN, 'NaN', 'NaN'],
  ])('%d', (value, decimal, general) => {
    expect(formatDecimal(value)).toBe(decimal);
    expect(formatGeneral(value)).toBe(general);
  });
});
