import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeadlineHeap } from './deadline-heap.js';
import type { Deadline } from './deadline-heap.js';

const deadline = (dueMs: number): Deadline => ({ dueMs, act: () => undefined, place: -1 });

function drain(heap: DeadlineHeap): number[] {
  const order: number[] = [];
  for (let first = heap.first; first !== undefined; first = heap.first) {
    order.push(first.dueMs);
    heap.remove(first);
  }
  return order;
}

describe('DeadlineHeap', () => {
  it('gives what is left in order of time, whatever was taken out', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean())), (cases) => {
        const heap = new DeadlineHeap();
        const all = cases.map(([dueMs, taken]) => ({ item: deadline(dueMs), taken }));
        for (const { item } of all) heap.add(item);
        for (const { item, taken } of all) if (taken) heap.remove(item);
        const left = all.filter(({ taken }) => !taken).map(({ item }) => item.dueMs);
        expect(drain(heap)).toEqual(left.sort((a, b) => a - b));
        expect(all.every(({ item }) => item.place === -1)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes nothing out twice', () => {
    const heap = new DeadlineHeap();
    const [one, other] = [deadline(1), deadline(2)];
    heap.add(one);
    heap.add(other);
    heap.remove(one);
    heap.remove(one);
    expect(heap.first).toBe(other);
  });
});
