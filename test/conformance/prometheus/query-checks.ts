import { checkOf } from './checks.js';
import type { Check } from './checks.js';
import { differenceOf } from './compare-series.js';
import type { EvaluationTimes } from './evaluation-times.js';
import { need } from './metric-api.js';
import type { MetricApi, RangeSeries } from './metric-api.js';
import type { MatrixData } from '../../support/metric-client.js';

/** Asks both, series by series. An answer without any series would prove nothing, and counts as failed. */
export async function checkQuery(query: string, times: EvaluationTimes, prometheus: MetricApi, faultline: MetricApi): Promise<Check> {
  try {
    const [expected, got] = [await answerOf(prometheus, query, times), await answerOf(faultline, query, times)];
    const points = expected.reduce((sum, { values }) => sum + values.length, 0);
    if (expected.length === 0) return checkOf(query, `Prometheus found nothing; Faultline ${got.length} series`);
    return checkOf(`${query} (${expected.length} series, ${points} points)`, differenceOf(expected, got));
  } catch (error) {
    return checkOf(query, (error as Error).message);
  }
}

async function answerOf(api: MetricApi, query: string, { startMs, endMs, stepMs }: EvaluationTimes): Promise<readonly RangeSeries[]> {
  const parameters = { query, start: String(startMs / 1_000), end: String(endMs / 1_000), step: String(stepMs / 1_000) };
  return (await need<MatrixData>(api, 'query_range', parameters)).result;
}
