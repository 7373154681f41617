import { describe, expect, it } from 'vitest';
import type { EdgeSecondRecord } from '#analysis';
import { LatencySketch } from '#traffic';
import { edgePoints } from './edge-points.js';

function second(sec: number, ms: number, counts: Partial<EdgeSecondRecord['outcomes']>): EdgeSecondRecord {
  const outcomes = { ok: 0, clientError: 0, serverError: 0, noResponse: 0, ...counts };
  const sketch = new LatencySketch();
  sketch.add(ms, outcomes.ok + outcomes.clientError + outcomes.serverError);
  return { sec, outcomes, faulted: 0, latency: sketch.toData() };
}

describe('edgePoints', () => {
  it('counts every outcome as a request and those of the server and the line as failures', () => {
    const [point] = edgePoints([second(10, 5, { ok: 4, clientError: 3, serverError: 2, noResponse: 1 })], { fromSec: 10, stepSec: 1 });
    expect(point).toMatchObject({ sec: 10, requests: 10, failures: 3 });
  });

  it('adds the seconds of a step up, and begins steps at fromSec', () => {
    const points = edgePoints([second(12, 5, { ok: 1 }), second(10, 5, { ok: 2 }), second(13, 5, { ok: 4 })], { fromSec: 10, stepSec: 3 });
    expect(points.map(({ sec, requests }) => [sec, requests])).toEqual([
      [10, 3],
      [13, 4],
    ]);
  });

  it('takes quantiles of the merged latencies, not of quantiles', () => {
    const points = edgePoints([second(10, 10, { ok: 99 }), second(11, 1_000, { ok: 1 })], { fromSec: 10, stepSec: 2 });
    expect(points[0]?.p95Ms).toBeGreaterThan(9);
    expect(points[0]?.p95Ms).toBeLessThan(11);
  });

  it('has no point where nothing was recorded, and no latency where nothing was answered', () => {
    const points = edgePoints([second(20, 5, { noResponse: 2 })], { fromSec: 10, stepSec: 5 });
    expect(points).toEqual([{ sec: 20, requests: 2, failures: 2, p50Ms: null, p95Ms: null, p99Ms: null }]);
  });
});
