import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineCache } from './line-cache.js';

describe('LineCache', () => {
  it('finds what was added and not forgotten, also where halves of keys are the same (300 runs)', () => {
    const half = fc.integer({ min: -2, max: 2 });
    const step = fc.oneof(fc.record({ low: half, high: half }), fc.constant('next' as const), fc.constant('forget' as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const [cache, model] = [new LineCache(), new Map<string, number>()];
        let scrape = 1;
        for (const each of steps) {
          if (each === 'next') scrape++;
          else if (each === 'forget') {
            cache.forgetUnseenSince(scrape - 1);
            for (const [key, seenIn] of model) if (seenIn < scrape - 1) model.delete(key);
          } else {
            const line = cache.find(each.low, each.high) ?? cache.add({ keyLow: each.low, keyHigh: each.high, series: null, seenIn: 0 });
            expect(line.keyHigh).toBe(each.high);
            expect(line.seenIn).toBe(model.get(`${each.low} ${each.high}`) ?? 0);
            line.seenIn = scrape;
            model.set(`${each.low} ${each.high}`, scrape);
          }
          expect(cache.size).toBe(model.size);
        }
      }),
      { numRuns: 300 },
    );
  });
});
