import type { QueryData } from '../../api/prometheus-api.js';
import { formatCount, formatMs } from '../format/number.js';
import type { Answered } from './run-store.js';

/** Series and points of an answer, and how long it took: `12 series, 2 892 points, 34 ms`. */
export function answerText({ answer, tookMs }: Answered): string {
  const { series, points } = sizeOf(answer.data);
  const size = series === null ? [] : [series === 1 ? '1 series' : `${formatCount(series)} series`, points === 1 ? '1 point' : `${formatCount(points)} points`];
  return [...size, formatMs(Math.max(1, Math.round(tookMs)))].join(', ');
}

/** `series` null for a scalar or a string, which are none. */
function sizeOf(data: QueryData): { readonly series: number | null; readonly points: number } {
  switch (data.resultType) {
    case 'matrix':
      return { series: data.result.length, points: data.result.reduce((sum, { values, histograms }) => sum + (values?.length ?? 0) + (histograms?.length ?? 0), 0) };
    case 'vector':
      return { series: data.result.length, points: data.result.length };
    case 'scalar':
    case 'string':
      return { series: null, points: 1 };
  }
}
