import { checkOf } from './checks.js';
import type { Check } from './checks.js';
import { exactDifferenceOf } from './compare-series.js';
import { rawSeries } from './metric-api.js';
import type { MetricApi, RangeSeries } from './metric-api.js';
import { SENT_JOBS } from './written-window.js';

/** How many samples each series has, and each of them, time and value: nothing missing and nothing too many. */
export async function checkSamples(prometheus: MetricApi, faultline: MetricApi, untilMs: number, lengthMs: number): Promise<{ readonly checks: readonly Check[]; readonly samples: number }> {
  const selector = `{${SENT_JOBS}}`;
  const [expected, got] = [await rawSeries(prometheus, selector, untilMs, lengthMs), await rawSeries(faultline, selector, untilMs, lengthMs)];
  const samples = expected.reduce((sum, { values }) => sum + values.length, 0);
  const size = `${expected.length} series, ${samples} samples`;
  return {
    samples,
    checks: [
      checkOf(`count_over_time of every series within the window (${size})`, exactDifferenceOf(expected.map(counted), got.map(counted))),
      checkOf(`every raw sample of the window, time and value (${size})`, exactDifferenceOf(expected, got)),
    ],
  };
}

function counted({ metric, values }: RangeSeries): RangeSeries {
  return { metric, values: [[0, String(values.length)]] };
}
