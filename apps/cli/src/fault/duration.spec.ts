import { describe, expect, it } from 'vitest';
import { parseDurationMs } from './duration.js';

describe('parseDurationMs', () => {
  it.each([
    ['1500ms', 1_500],
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['1h', 3_600_000],
  ])('reads %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each(['60', '', 's', '-5s', '5 s', '5d', '1e3s', '5s5'])('refuses "%s"', (text) => {
    expect(parseDurationMs(text)).toBeNull();
  });
});
