import type { BucketRun, Histogram, ResetHint } from '#metrics';
import { bucketCounts, bucketRun, CUSTOM_BUCKETS_SCHEMA } from './bucket-counts.js';
import { parseGoNumber } from './go-number.js';

/** A histogram as the notation writes it. A hint that is not given is not compared. */
export interface WrittenHistogram {
  readonly histogram: Histogram;
  readonly hintGiven: boolean;
}

const HINTS: Readonly<Record<string, ResetHint>> = { unknown: 'unknown', reset: 'reset', not_reset: 'not-reset', gauge: 'gauge' };
const KEYS = ['schema', 'sum', 'count', 'z_bucket', 'z_bucket_w', 'custom_values', 'buckets', 'offset', 'n_buckets', 'n_offset', 'counter_reset_hint'];
const PART = /\s*([a-z_]+):(\[[^\]]*\]|[^\s[\]]+)\s*/y;

/** Reads the inside of `{{...}}`: keys and values such as `count:4 buckets:[1 2 1]`. */
export function parseHistogram(text: string): WrittenHistogram {
  const parts = partsOf(text);
  const number = (key: string): number => (parts.has(key) ? parseGoNumber(parts.get(key)!) : 0);
  const list = (key: string): readonly number[] => (parts.get(key) ?? '[]').slice(1, -1).split(/\s+/).filter((item) => item !== '').map(parseGoNumber);
  const hint = parts.get('counter_reset_hint');
  if (hint !== undefined && !Object.hasOwn(HINTS, hint)) throw new Error(`unknown counter_reset_hint ${hint}`);
  const run = (counts: readonly number[], offset: number): BucketRun => ({ spans: counts.length > 0 ? [{ offset, length: counts.length }] : [], counts });
  const histogram: Histogram = {
    schema: number('schema'),
    zeroThreshold: number('z_bucket_w'),
    zeroCount: number('z_bucket'),
    count: number('count'),
    sum: number('sum'),
    positive: run(list('buckets'), number('offset')),
    negative: run(list('n_buckets'), number('n_offset')),
    customBounds: list('custom_values'),
    resetHint: HINTS[hint ?? 'unknown']!,
  };
  return { histogram, hintGiven: hint !== undefined };
}

function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (let at = 0; at < text.trimEnd().length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const [, key, value] = PART.exec(text) ?? [];
    if (key === undefined || !KEYS.includes(key)) throw new Error(`bad histogram description: ${text.slice(at)}`);
    if (parts.has(key)) throw new Error(`duplicate key "${key}" in histogram`);
    parts.set(key, value!);
  }
  return parts;
}

/** `base + step` or `base - step`, for the notation `{{...}}+{{...}}x3`. The finer of the two is brought to the schema of the base. */
export function addHistograms(base: Histogram, step: Histogram, sign: 1 | -1): Histogram {
  if (base.schema > step.schema) throw new Error(`error combining histograms: cannot merge from schema ${step.schema} to ${base.schema}`);
  const isCustom = base.schema === CUSTOM_BUCKETS_SCHEMA;
  if (isCustom && String(base.customBounds) !== String(step.customBounds)) throw new Error('histograms of a series have different custom_values');
  if (base.zeroThreshold !== step.zeroThreshold) throw new Error('histograms of a series have different z_bucket_w');
  const coarser = step.schema - base.schema;
  return {
    ...base,
    zeroCount: base.zeroCount + sign * step.zeroCount,
    count: base.count + sign * step.count,
    sum: base.sum + sign * step.sum,
    positive: addRuns(base.positive, step.positive, sign, coarser),
    negative: addRuns(base.negative, step.negative, sign, coarser),
    resetHint: combineHints(base.resetHint, step.resetHint),
  };
}

function addRuns(base: BucketRun, step: BucketRun, sign: 1 | -1, coarser: number): BucketRun {
  const counts = new Map(bucketCounts(base));
  for (const [index, count] of bucketCounts(step)) {
    // Each halving of the resolution joins bucket 2n - 1 and 2n.
    const joined = Math.ceil(index / 2 ** coarser);
    counts.set(joined, (counts.get(joined) ?? 0) + sign * count);
  }
  return bucketRun(counts);
}

function combineHints(base: ResetHint, step: ResetHint): ResetHint {
  if (base === step) return base;
  return base === 'gauge' || step === 'gauge' ? 'gauge' : 'unknown';
}

/** In the same notation, for messages. */
export function formatHistogram({ schema, count, sum, zeroCount, zeroThreshold, customBounds, positive, negative, resetHint }: Histogram): string {
  const list = (key: string, run: BucketRun): string => [...bucketCounts(run)].map(([index, bucket]) => `${key}${index}=${bucket}`).join(' ');
  const zero = zeroCount === 0 && zeroThreshold === 0 ? '' : ` z_bucket:${zeroCount} z_bucket_w:${zeroThreshold}`;
  const custom = customBounds.length > 0 ? ` custom_values:[${customBounds.join(' ')}]` : '';
  return `{{schema:${schema} count:${count} sum:${sum}${zero}${custom} hint:${resetHint} ${list('b', positive)} ${list('n', negative)}}}`.replace(/ +/g, ' ').replace(' }}', '}}');
}
