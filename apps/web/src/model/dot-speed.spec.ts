import { describe, expect, it } from 'vitest';
import { MAX_SPEED_PX_PER_SEC, MIN_SPEED_PX_PER_SEC, dotSpeedPxPerSec, edgeWidthPx } from './dot-speed.js';

describe('dotSpeedPxPerSec', () => {
  it('is slower for slower answers, between the limits', () => {
    const speeds = [0.2, 1, 10, 100, 1_000, 2_000, 60_000].map(dotSpeedPxPerSec);
    expect(speeds).toEqual([...speeds].sort((a, b) => b - a));
    expect(speeds[0]).toBe(MAX_SPEED_PX_PER_SEC);
    expect(speeds.at(-1)).toBeCloseTo(MIN_SPEED_PX_PER_SEC);
  });

  it('makes ten times slower look equally slower everywhere', () => {
    expect(dotSpeedPxPerSec(1) / dotSpeedPxPerSec(10)).toBeCloseTo(dotSpeedPxPerSec(100) / dotSpeedPxPerSec(1_000));
  });

  it('takes an unknown latency for a fast one', () => {
    expect(dotSpeedPxPerSec(null)).toBe(MAX_SPEED_PX_PER_SEC);
  });
});

describe('edgeWidthPx', () => {
  it('grows with the logarithm of the rate, from 1 to 8 pixels', () => {
    expect(edgeWidthPx(0)).toBe(1);
    expect(edgeWidthPx(1e9)).toBe(8);
    expect(edgeWidthPx(40) - edgeWidthPx(20)).toBeCloseTo(edgeWidthPx(80) - edgeWidthPx(40), 1);
  });
});
