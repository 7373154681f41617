import { describe, expect, it } from 'vitest';
import { parseProcessStat } from './process-stat.js';

const after = (state: string, flags: number): string => `${state} 77 78 78 0 -1 ${flags} 100 0 0 0 12 34 5 6 20 0 7 0 123456789012345678 1000 200 18446744073709551615`;

describe('parseProcessStat', () => {
  it('reads the fields that proc(5) numbers', () => {
    expect(parseProcessStat(`4711 (nginx) ${after('S', 0x400000)}\n`)).toEqual({ pid: 4711, comm: 'nginx', state: 'S', parentPid: 77, kernelThread: false, cpuTicks: 46, startTicks: '123456789012345678' });
  });
  it('is not misled by a name that looks like the rest', () => {
    expect(parseProcessStat(`5 (a) R 1 (b\n) ${after('T', 0)}`)).toMatchObject({ comm: 'a) R 1 (b\n', state: 'T', parentPid: 77 });
  });
  it('tells threads of the kernel', () => expect(parseProcessStat(`2 (kthreadd) ${after('S', 0x208040)}`)?.kernelThread).toBe(true));
  it('makes nothing of anything else', () => expect([parseProcessStat(''), parseProcessStat('1 (x')]).toEqual([null, null]));
});
