import { isHistogramReset, SAMPLE_KIND, type Histogram, type SampleRun, type SeriesData } from '#metrics';
import type { Expr, VectorSelector } from '../ast.js';
import { partsOf } from './expressions.js';

const WITHOUT_BUCKETS: ReadonlySet<string> = new Set(['histogram_count', 'histogram_sum', 'histogram_avg']);
const WITH_BUCKETS: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction']);

/**
 * The selectors of whose histograms only count and sum are asked for. Their buckets need not be carried through the query, but resets must be found
 * while they are there. Subqueries look for resets by themselves and need the buckets for it.
 */
export function selectorsWithoutBuckets(expr: Expr, isWithout = false): VectorSelector[] {
  switch (expr.type) {
    case 'vector-selector':
      return isWithout ? [expr] : [];
    case 'subquery':
      return selectorsWithoutBuckets(expr.expr, false);
    default:
      return partsOf(expr).flatMap((part) => selectorsWithoutBuckets(part, asksForLess(expr, isWithout)));
  }
}

function asksForLess(expr: Expr, isWithout: boolean): boolean {
  if (expr.type === 'call') return !WITH_BUCKETS.has(expr.function) && (isWithout || WITHOUT_BUCKETS.has(expr.function));
  return isWithout && !(expr.type === 'binary' && (expr.operator === '</' || expr.operator === '>/'));
}

export function withoutBuckets(series: SeriesData): SeriesData {
  return series.samples.histograms === null ? series : { labels: series.labels, samples: runWithoutBuckets(series.samples, series.samples.histograms) };
}

function runWithoutBuckets(run: SampleRun, histograms: readonly (Histogram | null)[]): SampleRun {
  let last: Histogram | null = null;
  const bare = histograms.map((histogram, i) => {
    if (histogram === null || run.kinds?.[i] !== SAMPLE_KIND.histogram) return null;
    const resetHint = histogram.resetHint === 'unknown' && last !== null ? hintBetween(histogram, last) : histogram.resetHint;
    last = histogram;
    return { ...NO_BUCKETS, schema: histogram.schema, count: histogram.count, sum: histogram.sum, resetHint };
  });
  return { ...run, histograms: bare };
}

function hintBetween(later: Histogram, earlier: Histogram): Histogram['resetHint'] {
  return isHistogramReset(later, earlier) ? 'reset' : 'not-reset';
}

const NO_BUCKETS = { zeroThreshold: 0, zeroCount: 0, positive: { spans: [], counts: [] }, negative: { spans: [], counts: [] }, customBounds: [] };
