import { describe, expect, it } from 'vitest';
import { sampleMeaning, sampleNumber, sampleText } from './sample-text.js';

describe('sampleNumber', () => {
  it('reads what JSON cannot hold', () => expect([sampleNumber('+Inf'), sampleNumber('-Inf'), sampleNumber('NaN'), sampleNumber('1.5e-3')]).toEqual([Infinity, -Infinity, Number.NaN, 0.0015]));
});

describe('sampleText', () => {
  it.each([
    ['1', '1'],
    ['1234', '1234'],
    ['12345678', '12\u202f345\u202f678'],
    ['-12345', '−12\u202f345'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['-0.5', '−0.5'],
    ['1.5e+23', '1.5e+23'],
    ['NaN', 'NaN'],
    ['-Inf', '−Inf'],
  ])('writes %s as %s', (text, shown) => expect(sampleText(text)).toBe(shown));

  it('loses no digit of a number beyond what a float holds', () => expect(sampleText('123456789012345678901')).toBe('123456789012345678901'));
});

describe('sampleMeaning', () => {
  it('scales bytes and dates times', () => {
    expect(sampleMeaning('process_resident_memory_bytes', '123456789')).toBe('123 MB');
    expect(sampleMeaning('process_start_time_seconds', '1800000000')).toMatch(/^2027-01-1\d \d\d:\d\d:\d\d$/);
  });
  it('is silent where it would add nothing', () => {
    expect([sampleMeaning('x_bytes', '12'), sampleMeaning('x_bytes', 'NaN'), sampleMeaning('up', '1'), sampleMeaning('x_time_seconds', '3'), sampleMeaning('x_timestamp_seconds', '1e300')]).toEqual(['', '', '', '', '']);
  });
});
