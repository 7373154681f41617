import { describe, expect, it } from 'vitest';
import { parseByteSize } from './byte-size.js';
import { formatDuration, parseDurationMs } from './duration.js';

describe('durations', () => {
  it.each([
    ['15s', 15_000, '15s'],
    ['1m30s', 90_000, '1m30s'],
    ['90s', 90_000, '1m30s'],
    ['250ms', 250, '250ms'],
    ['1h0m5s', 3_605_000, '1h5s'],
    ['1d', 86_400_000, '1d'],
    ['8d', 691_200_000, '8d'],
    ['14d', 1_209_600_000, '2w'],
    ['36h', 129_600_000, '1d12h'],
    ['0', 0, '0s'],
  ])('%s is %d ms and is written %s', (text, ms, written) => {
    expect(parseDurationMs(text)).toBe(ms);
    expect(formatDuration(ms)).toBe(written);
  });

  it.each(['', '15', 's', '1s1m', '-1s', '1.5s', ' 1s', '1s ', '999999999999999999999999y'])('%j is none', (text) => {
    expect(parseDurationMs(text)).toBeNull();
  });
});

describe('sizes', () => {
  it.each([['0', 0], ['10B', 10], ['1KB', 1_024], ['1KiB', 1_024], ['1.5MB', 1_572_864], ['2GB', 2_147_483_648]])('%s', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  it.each(['', '10', 'MB', '1kb', '-1B', '1 MB'])('%j is none', (text) => {
    expect(parseByteSize(text)).toBeNull();
  });
});
