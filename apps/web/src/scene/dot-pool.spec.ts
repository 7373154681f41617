import { InstancedBufferAttribute } from 'three';
import { describe, expect, it } from 'vitest';
import { DotPool } from './dot-pool.js';

function setUp(capacity: number) {
  const attribute = new InstancedBufferAttribute(new Float32Array(capacity * 4), 4);
  return { attribute, pool: new DotPool(attribute) };
}
const dot = (row: number, leftAtSec = 0) => ({ row, leftAtSec, travelSec: 2, outcome: 'failure', aside: -1 }) as const;

describe('DotPool', () => {
  it('uploads only what was written', () => {
    const { attribute, pool } = setUp(8);
    pool.add(dot(3));
    expect(attribute.updateRanges).toEqual([{ start: 0, count: 4 }]);
    expect([attribute.getX(0), attribute.getZ(0), Math.floor(attribute.getW(0))]).toEqual([3, 0.5, 2]);
  });

  it('overwrites the oldest when full, and never draws more than it holds', () => {
    const { attribute, pool } = setUp(3);
    for (let row = 0; row < 5; row++) pool.add(dot(row));
    expect(pool.count).toBe(3);
    expect([0, 1, 2].map((i) => attribute.getX(i))).toEqual([3, 4, 2]);
  });

  it('keeps the outcome apart from the place in the lane', () => {
    const { attribute, pool } = setUp(4);
    for (const aside of [-1, 0, 1]) pool.add({ ...dot(0), aside });
    expect([0, 1, 2].map((i) => Math.floor(attribute.getW(i)))).toEqual([2, 2, 2]);
  });

  it('moves all departures when the clock gets a new zero', () => {
    const { attribute, pool } = setUp(4);
    pool.add(dot(0, 3_601));
    pool.shiftClock(3_600);
    expect(attribute.getY(0)).toBe(1);
  });
});
