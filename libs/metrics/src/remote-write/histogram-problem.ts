import { CUSTOM_BUCKETS_SCHEMA, MAX_EXPONENTIAL_SCHEMA, MIN_EXPONENTIAL_SCHEMA } from '../histogram/histogram.js';
import type { BucketRun, Histogram } from '../histogram/histogram.js';

/**
 * Why the histogram contradicts itself, or null (native histograms specification, section "Data model"). In one with integer counts the buckets must add up; float
 * counts may be results of arithmetic, where they need not.
 */
export function histogramProblem(histogram: Histogram, isFloat: boolean): string | null {
  const { schema, count, zeroCount, positive, negative } = histogram;
  const custom = schema === CUSTOM_BUCKETS_SCHEMA;
  if (!custom && (schema < MIN_EXPONENTIAL_SCHEMA || schema > MAX_EXPONENTIAL_SCHEMA)) {
    return `the schema is ${schema}, known are ${MIN_EXPONENTIAL_SCHEMA} to ${MAX_EXPONENTIAL_SCHEMA}, and ${CUSTOM_BUCKETS_SCHEMA} for custom buckets`;
  }
  if (count < 0 || zeroCount < 0) return `a count is negative: ${Math.min(count, zeroCount)}`;
  const problem = bucketsProblem('positive', positive) ?? bucketsProblem('negative', negative) ?? (custom ? customProblem(histogram) : exponentialProblem(histogram));
  return problem ?? (isFloat ? null : countProblem(histogram));
}

function bucketsProblem(side: string, { spans, counts }: BucketRun): string | null {
  const spanned = spans.reduce((sum, { length }) => sum + length, 0);
  if (spanned !== counts.length) return `the ${side} spans are ${spanned} buckets long, but ${counts.length} came`;
  if (spans.some(({ offset }, i) => i > 0 && offset < 0)) return `a ${side} span begins before the end of the one before it`;
  const negative = counts.find((count) => count < 0);
  return negative === undefined ? null : `a ${side} bucket has the negative count ${negative}`;
}

function exponentialProblem({ customBounds }: Histogram): string | null {
  return customBounds.length > 0 ? 'an exponential schema has no custom bounds' : null;
}

function customProblem({ customBounds, zeroCount, zeroThreshold, positive, negative }: Histogram): string | null {
  if (zeroCount !== 0 || zeroThreshold !== 0 || negative.spans.length > 0) return 'custom buckets have neither a zero bucket nor negative ones';
  if (customBounds.some((bound, i) => Number.isNaN(bound) || (i > 0 && bound <= customBounds[i - 1]!))) return 'the custom bounds do not ascend';
  if (customBounds.at(-1) === Infinity) return 'the bound +Inf goes without saying';
  const reach = positive.spans.reduce((sum, { offset, length }) => sum + offset + length, 0);
  if (positive.spans.some(({ offset }) => offset < 0) || reach > customBounds.length + 1) return `the spans reach ${reach} buckets far, with ${customBounds.length} custom bounds`;
  return null;
}

function countProblem({ count, zeroCount, sum, positive, negative }: Histogram): string | null {
  const inBuckets = [...positive.counts, ...negative.counts].reduce((total, one) => total + one, zeroCount);
  // Observations of NaN are counted, but are in no bucket; with them the sum is NaN.
  if (Number.isNaN(sum) ? inBuckets <= count : inBuckets === count) return null;
  return `the buckets hold ${inBuckets} observations, the count says ${count}`;
}
