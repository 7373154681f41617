import { describe, expect, it } from 'vitest';
import { groupHeadroomMebibytes, parseMeminfo } from './free-memory.js';
import { cpuRefusal, memoryRefusal } from './stress-driver.js';

const MEBIBYTE = 1024 * 1024;

describe('memory', () => {
  it('is read from /proc/meminfo', () => {
    expect(parseMeminfo('MemTotal:       2048000 kB\nMemFree:          100 kB\nMemAvailable:   1024000 kB\n')).toEqual({ totalMebibytes: 2_000, availableMebibytes: 1_000 });
    expect(parseMeminfo('MemTotal: 1 kB\n')).toBeNull();
  });
  it('is bounded by a control group, whose unused file pages count as free', () => {
    expect(groupHeadroomMebibytes({ max: `${512 * MEBIBYTE}\n`, current: `${300 * MEBIBYTE}`, stat: `anon 1\ninactive_file ${100 * MEBIBYTE}\n` })).toBe(312);
    expect(groupHeadroomMebibytes({ max: 'max\n', current: '1', stat: '' })).toBe(Number.POSITIVE_INFINITY);
    expect(groupHeadroomMebibytes({ max: '', current: '', stat: '' })).toBe(Number.POSITIVE_INFINITY);
  });
  it('is taken up to the reserve and no further', () => {
    const memory = { availableMebibytes: 1_000, reserveMebibytes: 256 };
    expect(memoryRefusal(744, 2_000, memory)).toBeNull();
    expect(memoryRefusal(745, 2_000, memory)).toBe('745 MiB would leave less than the reserve: 1000 MiB are available and 256 MiB must stay');
    expect(memoryRefusal(500, 499, memory)).toContain('stress.maxMemoryMebibytes');
    expect(memoryRefusal(1, 10, null)).toContain('does not tell');
  });
});

describe('cpuRefusal', () => {
  it('holds the sum of all workers against the whole host', () => {
    expect(cpuRefusal({ workers: 4, loadPercent: 100 }, 50, 8)).toBeNull();
    expect(cpuRefusal({ workers: 5, loadPercent: 100 }, 50, 8)).toBe("5 x 100 % on 8 cores is 63 % of this host and its policy allows 50 % (stress.maxCpuPercent)");
    expect(cpuRefusal({ workers: 8, loadPercent: 50 }, 50, 8)).toBeNull();
    expect(cpuRefusal({ workers: 1, loadPercent: 1 }, 0, 8)).toContain('allows 0 %');
  });
});
