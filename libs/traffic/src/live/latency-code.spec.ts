import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LATENCY_CODE, latencyCode, latencyOfCode } from './latency-code.js';

describe('latency codes', () => {
  it('T11 stand for a value within 0.6 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000_000 }).map((at) => 0.001 * 10 ** (at / 1_000_000)), (ms) => {
        expect(Math.abs(latencyOfCode(latencyCode(ms))! - ms)).toBeLessThanOrEqual(0.006 * ms);
      }),
    );
  });

  it('T11 survive decoding and encoding again, every one of them', () => {
    const changed = Array.from({ length: MAX_LATENCY_CODE + 1 }, (_, code) => code).filter((code) => latencyCode(latencyOfCode(code)) !== code);
    expect(changed).toEqual([]);
  });

  it('T11 use 0 for none and 1 for a microsecond and less', () => {
    expect([null, 0, 0.0005, 0.001].map(latencyCode)).toEqual([0, 1, 1, 1]);
    expect(latencyOfCode(0)).toBeNull();
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('T10 refuse %d', (ms) => {
    expect(() => latencyCode(ms)).toThrow(RangeError);
  });
});
