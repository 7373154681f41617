import { describe, expect, it } from 'vitest';
import type { QueryData } from '../../api/prometheus-api.js';
import { answerText } from './answer-text.js';

const textOf = (data: QueryData, tookMs = 33.6): string =>
  answerText({ request: { id: 1, runNo: 1, query: 'up', tab: 'chart', startSec: 0, endSec: 1, stepSec: 1 }, answer: { data, warnings: [], infos: [] }, tookMs });

describe('answerText', () => {
  it('counts series and points, histograms among them', () => {
    expect(textOf({ resultType: 'matrix', result: [{ metric: {}, values: [[1, '1'], [2, '1']] }, { metric: {}, histograms: [[1, { count: '1', sum: '1' }]] }] })).toBe('2 series, 3 points, 34 ms');
    expect(textOf({ resultType: 'vector', result: [{ metric: {}, value: [1, '1'] }] }, 0.2)).toBe('1 series, 1 point, 1 ms');
  });
  it('counts none where there is none', () => {
    expect(textOf({ resultType: 'vector', result: [] }, 2_000)).toBe('0 series, 0 points, 2 s');
    expect(textOf({ resultType: 'scalar', result: [1, '1'] })).toBe('34 ms');
  });
});
