import { describe, expect, it } from 'vitest';
import { formatBytesPerSec, formatCount, formatMs, formatNumber, formatPoints, formatRate, formatShare, formatSigned } from './number.js';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [0.01234, '0.0123'],
    [12, '12'],
    [12.345, '12.3'],
    [482.4, '482'],
    [999.6, '1 k'],
    [1234, '1.23 k'],
    [999_999, '1 M'],
    [2.5e9, '2.5 G'],
    [-1234, '−1.23 k'],
    [-0, '0'],
  ])('writes %d as %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('writes a dash where there is no number', () => {
    expect([formatNumber(null), formatNumber(Number.NaN), formatRate(null), formatMs(null), formatShare(null), formatBytesPerSec(null)]).toEqual(['–', '–', '–', '–', '–', '–']);
  });
});

describe('units', () => {
  it('changes from ms to s to min at the value that is shown, not before', () => {
    expect([999.4, 999.6, 1_910, 59_960, 150_000].map(formatMs)).toEqual(['999 ms', '1 s', '1.91 s', '1 min', '2.5 min']);
  });

  it('joins the scale to the unit of bytes', () => {
    expect([0, 12, 12_345].map(formatBytesPerSec)).toEqual(['0 B/s', '12 B/s', '12.3 kB/s']);
  });

  it('tells a small share from none', () => {
    expect([0, 0.00001, 0.0012, 0.5, 1].map(formatShare)).toEqual(['0 %', '<0.01 %', '0.12 %', '50 %', '100 %']);
  });

  it('groups the digits of a count and drops none', () => {
    expect([7, 743, 12_345, 1_234_567].map(formatCount)).toEqual(['7', '743', '12\u202f345', '1\u202f234\u202f567']);
  });
});

describe('formatSigned', () => {
  it('always shows the direction', () => {
    expect([400, -12, 0].map((value) => formatSigned(value, formatMs))).toEqual(['+400 ms', '−12 ms', '±0 ms']);
    expect(formatSigned(-0.021, formatPoints)).toBe('−2.1 pp');
    expect(formatSigned(null, formatMs)).toBe('–');
  });
});
