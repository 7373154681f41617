import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeriesSlots } from './series-slots.js';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

it('finds every key that was joined, and no other, also when keys share a half and there are many', () => {
  const keys = fc.uniqueArray(fc.tuple(fc.oneof(fc.constantFrom(0, 1, -1), int32), int32), { minLength: 1, maxLength: 5_000, selector: String });
  fc.assert(
    fc.property(keys, (all) => {
      const slots = new SeriesSlots();
      const joined = all.slice(0, Math.ceil(all.length / 2));
      joined.forEach(([low, high], id) => slots.join(low, high, slots.admit({ id, metricId: 0 })));
      expect(joined.map(([low, high]) => slots.seriesAt(slots.find(low, high)).id)).toEqual(joined.map((_, id) => id));
      expect(all.slice(joined.length).map(([low, high]) => slots.find(low, high))).toEqual(all.slice(joined.length).map(() => -1));
    }),
    { numRuns: 50 },
  );
});

it('grows beyond its first size', () => {
  const slots = new SeriesSlots();
  for (let id = 0; id < 20_000; id += 1) slots.join(id, id * 7, slots.admit({ id, metricId: 0 }));
  expect([slots.size, slots.keys]).toEqual([20_000, 20_000]);
  expect(slots.seriesAt(slots.find(19_999, 19_999 * 7)).id).toBe(19_999);
});

it('lets go of series with their keys, and gives their slots to others', () => {
  const slots = new SeriesSlots();
  for (let id = 0; id < 10; id += 1) slots.join(id, 0, slots.admit({ id, metricId: 0 }));
  const gone = slots.find(3, 0);
  slots.sweep((slot) => slot !== gone);
  expect([slots.size, slots.find(3, 0), slots.ofId(3)]).toEqual([9, -1, undefined]);
  expect(slots.admit({ id: 99, metricId: 1 })).toBe(gone);
  expect(slots.seriesAt(slots.find(4, 0)).id).toBe(4);
});

it('has one slot for a series that is spelt in two ways', () => {
  const slots = new SeriesSlots();
  slots.join(1, 1, slots.admit({ id: 5, metricId: 0 }));
  slots.join(2, 2, slots.admit({ id: 5, metricId: 0 }));
  expect(slots.find(1, 1)).toBe(slots.find(2, 2));
  slots.forgetKeys();
  expect([slots.find(1, 1), slots.size]).toEqual([-1, 1]);
});
