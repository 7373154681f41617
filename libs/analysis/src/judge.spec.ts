import { describe, expect, it } from 'vitest';
import { judge } from './judge.js';
import type { Question, TestedEvidence } from './judge.js';

const latency: Question = { worse: 'higher', toleratedChange: 10, adjustedP: 0.001, text: (ms) => `${ms} ms` };
const rate: Question = { worse: 'lower', toleratedChange: 10, adjustedP: 0.001, text: (n) => `${n} requests/s` };

function tested(low: number, high: number, fields: Partial<TestedEvidence> = {}): TestedEvidence {
  const quarter = (high - low) / 8;
  const shift = (low + high) / 2;
  return {
    kind: 'tested',
    shift,
    interval95: { low, high },
    interval90: { low: low + quarter, high: high - quarter },
    p: 0.001,
    points: 60,
    stepSec: 2,
    vif: 2,
    phi: 1 / 3,
    standardDeviation: 5,
    sparse: null,
    ...fields,
  };
}

describe('judge', () => {
  it('A20 calls a change beyond the tolerated one by its direction', () => {
    expect(judge(tested(11, 30), latency)).toEqual({ verdict: 'DEGRADED', shift: 20.5, low: 11, high: 30, why: null });
    expect(judge(tested(-30, -11), latency).verdict).toBe('IMPROVED');
    expect(judge(tested(11, 30), rate).verdict).toBe('IMPROVED');
    expect(judge(tested(-30, -11), rate).verdict).toBe('DEGRADED');
  });

  it('A20 calls nothing a change when the adjusted p does not hold', () => {
    expect(judge(tested(11, 30), { ...latency, adjustedP: 0.05 }).verdict).toBe('INCONCLUSIVE');
  });

  it('A20 needs the whole interval beyond the tolerated change, its end included', () => {
    expect(judge(tested(10, 30), latency).verdict).toBe('INCONCLUSIVE');
  });

  it('A21 calls a change immaterial when the 90 % interval lies inside the band, though the 95 % one does not', () => {
    expect(judge(tested(-10.5, 10.5), latency)).toMatchObject({ verdict: 'NO_MATERIAL_CHANGE', low: -10.5, high: 10.5, why: null });
    expect(judge(tested(2, 8), latency).verdict).toBe('NO_MATERIAL_CHANGE');
    for (const [low, high] of [[-14, 14], [-14, 0], [0, 14]] as const) expect(judge(tested(low, high), latency).verdict).toBe('INCONCLUSIVE');
  });

  it('A22 says how many more seconds would do', () => {
    // 2 * 21.65 * (15 / 10)^2 = 97.4 points of 2 s, and 60 are there.
    expect(judge(tested(-14, 14, { standardDeviation: 15 }), latency).why).toMatch(/about 76 more seconds.*10 ms/);
  });

  it('A22 sends nobody to wait for more than the longest window', () => {
    expect(judge(tested(-90, 90, { standardDeviation: 90 }), latency).why).toMatch(/more than the 600 s that are compared/);
  });

  it('A22 promises nothing from more time when the change lies at the edge of the tolerated one', () => {
    expect(judge(tested(8, 13, { standardDeviation: 1 }), latency).why).toMatch(/too close to the tolerated 10 ms/);
  });

  it('A22 does not judge a series that hardly forgets, nor points that bound nothing', () => {
    for (const evidence of [tested(11, 30, { phi: 0.95 }), tested(11, 30, { interval95: null })]) {
      expect(judge(evidence, latency)).toMatchObject({ verdict: 'INCONCLUSIVE', why: expect.stringMatching(/resemble each other/) as string });
    }
    expect(judge(tested(11, 30, { interval95: null }), latency)).toMatchObject({ shift: 20.5, low: null, high: null });
  });

  it('A23 hands on why there is nothing to judge', () => {
    expect(judge({ kind: 'missing', why: 'Nothing there.' }, latency)).toEqual({ verdict: 'NO_DATA', shift: null, low: null, high: null, why: 'Nothing there.' });
  });

  it('A31 lets sparse points prove a change that the windows as wholes show too, and nothing else', () => {
    const sparse = (wholeShift: number): Partial<TestedEvidence> => ({ sparse: { why: 'Too few requests.', wholeShift } });
    expect(judge(tested(11, 30, sparse(25)), latency)).toMatchObject({ verdict: 'DEGRADED', shift: 20.5, why: null });
    const none = { verdict: 'NO_DATA', shift: null, low: null, high: null, why: 'Too few requests.' };
    for (const evidence of [tested(11, 30, sparse(10)), tested(11, 30, sparse(-25)), tested(-1, 1, sparse(0)), tested(-1, 1, sparse(25)), tested(-40, 40, sparse(25))]) {
      expect(judge(evidence, latency)).toEqual(none);
    }
  });

  it('A24 compares constants exactly', () => {
    const verdict = (shift: number): string => judge({ kind: 'constant', shift }, latency).verdict;
    expect([0, 10, 10.1, -10, -11].map(verdict)).toEqual(['NO_MATERIAL_CHANGE', 'NO_MATERIAL_CHANGE', 'DEGRADED', 'NO_MATERIAL_CHANGE', 'IMPROVED']);
  });
});
