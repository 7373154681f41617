import { describe, expect, it } from 'vitest';
import { LatencySketch, encodeSketch } from '#traffic';
import { SKETCH_OPS, mergeSeconds, type PartialSecond } from './merge-seconds.js';

function part(sec: number, ok: number, ms: number): PartialSecond {
  const sketch = new LatencySketch();
  sketch.add(ms, ok);
  return { sec, outcomes: { ok, clientError: 1, serverError: 2, noResponse: 3 }, faulted: 4, latency: encodeSketch(sketch.toData()) };
}

describe('mergeSeconds', () => {
  it('adds what several agents recorded of one second', () => {
    const [merged, ...more] = mergeSeconds([part(10, 5, 1), part(10, 7, 100)]);
    expect(more).toEqual([]);
    expect(merged).toMatchObject({ sec: 10, outcomes: { ok: 12, clientError: 2, serverError: 4, noResponse: 6 }, faulted: 8 });
    expect(merged?.latency.counts.reduce((sum, count) => sum + count, 0)).toBe(12);
  });

  it('keeps seconds apart', () => {
    expect(mergeSeconds([part(10, 1, 1), part(11, 1, 1)]).map(({ sec }) => sec)).toEqual([10, 11]);
  });
});

describe('SKETCH_OPS', () => {
  it('gives quantiles of the union, and none of nothing', () => {
    const [fast, slow] = mergeSeconds([part(1, 90, 10), part(2, 10, 1_000)]);
    const { p50, p99, count } = SKETCH_OPS.merge([fast, slow].flatMap((record) => record?.latency ?? []));
    expect(count).toBe(100);
    expect(Math.abs((p50 ?? 0) / 10 - 1)).toBeLessThan(0.03);
    expect(Math.abs((p99 ?? 0) / 1_000 - 1)).toBeLessThan(0.03);
    expect(SKETCH_OPS.merge([])).toEqual({ p50: null, p95: null, p99: null, count: 0 });
  });
});
