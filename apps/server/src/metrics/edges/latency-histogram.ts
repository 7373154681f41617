import { LATENCY_SCHEMA, type LatencySketchData } from '#contracts';
import type { Histogram, Span } from '#metrics';

const MS_A_SEC = 1_000;

/** The same buckets as a native histogram. A gauge: it holds one second, and not all since a start. */
export function histogramOf({ indices, counts, sumMs }: LatencySketchData): Histogram {
  return {
    schema: LATENCY_SCHEMA,
    zeroThreshold: 0,
    zeroCount: 0,
    count: counts.reduce((sum, count) => sum + count, 0),
    sum: sumMs / MS_A_SEC,
    positive: { spans: spansOf(indices), counts },
    negative: { spans: [], counts: [] },
    customBounds: [],
    resetHint: 'gauge',
  };
}

/** The inverse of `histogramOf`. */
export function sketchOf({ positive: { spans, counts }, sum }: Histogram): LatencySketchData {
  const indices: number[] = [];
  let index = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (const end = index + length; index < end; index += 1) indices.push(index);
  }
  return { indices, counts: [...counts], sumMs: sum * MS_A_SEC };
}

function spansOf(indices: readonly number[]): Span[] {
  const spans: { offset: number; length: number }[] = [];
  let end = 0;
  for (const index of indices) {
    const last = spans.at(-1);
    if (last !== undefined && index === end) last.length += 1;
    else spans.push({ offset: index - end, length: 1 });
    end = index + 1;
  }
  return spans;
}
