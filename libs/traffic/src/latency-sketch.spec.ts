import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencySketch } from './latency-sketch.js';

// 0.00103 ms to a day, spread evenly over the orders of magnitude, as latencies are. From whole numbers: arbitrary doubles huddle around 0.
const latencyMs = fc.integer({ min: 0, max: 1_000_000 }).map((at) => 0.00103 * (86_400_000 / 0.00103) ** (at / 1_000_000));
const share = fc.integer({ min: 0, max: 1_000 }).map((perMille) => perMille / 1_000);
const latencies = fc.array(latencyMs, { minLength: 1, maxLength: 300 });

function sketchOf(values: readonly number[]): LatencySketch {
  const sketch = new LatencySketch();
  for (const ms of values) sketch.add(ms);
  return sketch;
}

describe('LatencySketch', () => {
  it('T1 gives every quantile within 2.2 % of the exact value', () => {
    fc.assert(
      fc.property(latencies, share, (values, q) => {
        const exact = [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))]!;
        // The last digits allow for the rounding of logarithms at the very edge of a bucket.
        expect(Math.abs(sketchOf(values).quantile(q)! - exact)).toBeLessThanOrEqual(exact * 0.0217);
      }),
    );
  });

  it('T1 counts and sums what was added', () => {
    const sketch = sketchOf([1, 2.5, 100]);
    sketch.add(10, 3);
    expect(sketch.count).toBe(6);
    expect(sketch.sumMs).toBeCloseTo(133.5, 9);
  });

  it('T1 has no quantile when empty', () => {
    expect(new LatencySketch().quantile(0.5)).toBeNull();
  });

  it('T1 refuses a quantile outside 0 to 1', () => {
    expect(() => sketchOf([1]).quantile(1.5)).toThrow(RangeError);
    expect(() => sketchOf([1]).quantile(Number.NaN)).toThrow(RangeError);
  });

  it('T2 counts zero, negative and tiny times in the lowest bucket and keeps the sum from falling', () => {
    const sketch = sketchOf([0, -5, 1e-9]);
    expect(sketch.toData().indices).toEqual([-318]);
    expect(sketch.count).toBe(3);
    expect(sketch.sumMs).toBeGreaterThanOrEqual(0);
  });

  it('T2 counts times above a day in the highest bucket', () => {
    expect(sketchOf([1e12, Number.MAX_VALUE]).toData()).toMatchObject({ indices: [263], counts: [2] });
  });

  it('T2 refuses a time that is not finite and stays usable', () => {
    const sketch = sketchOf([5]);
    for (const ms of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => sketch.add(ms)).toThrow(RangeError);
    expect(sketch.toData()).toEqual(sketchOf([5]).toData());
  });

  it('T3 merges to the sketch of all values, from a sketch or from data', () => {
    fc.assert(
      fc.property(fc.array(latencyMs, { maxLength: 100 }), fc.array(latencyMs, { maxLength: 100 }), fc.boolean(), (left, right, asData) => {
        const merged = sketchOf(left);
        const other = sketchOf(right);
        merged.merge(asData ? other.toData() : other);
        const { sumMs, ...buckets } = merged.toData();
        const { sumMs: unionMs, ...union } = sketchOf([...left, ...right]).toData();
        expect(buckets).toEqual(union);
        expect(sumMs).toBeCloseTo(unionMs, -Math.log10(Math.max(1, unionMs)) + 9);
        expect(merged.count).toBe(left.length + right.length);
      }),
    );
  });

  it('T3 leaves the merged sketch untouched', () => {
    const other = sketchOf([7]);
    const merged = sketchOf([1]);
    merged.merge(other);
    merged.add(7);
    expect(other.count).toBe(1);
  });

  it('T3 reads back its own data', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const data = sketchOf(values).toData();
        expect(LatencySketch.from(data).toData()).toEqual(data);
      }),
    );
  });

  it('T3 is empty after clear and counts anew', () => {
    const sketch = sketchOf([1, 1_000]);
    sketch.clear();
    expect(sketch.toData()).toEqual({ indices: [], counts: [], sumMs: 0 });
    sketch.add(3);
    expect(sketch.quantile(0.5)).toBeCloseTo(3, 0);
    expect(sketch.count).toBe(1);
  });

  it('T3 puts data from beyond its range into the end buckets', () => {
    expect(LatencySketch.from({ indices: [-900, 900], counts: [1, 2], sumMs: 1 }).toData()).toEqual({ indices: [-318, 263], counts: [1, 2], sumMs: 1 });
  });
});
