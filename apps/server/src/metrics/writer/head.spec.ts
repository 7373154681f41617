import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_KIND } from '#metrics';
import { HeadPart } from './head-part.js';
import { ADMISSION, Head } from './head.js';

const OUT_OF_ORDER_MS = 10_000;
const { float, stale } = SAMPLE_KIND;
let head: Head;

beforeEach(() => {
  head = new Head(OUT_OF_ORDER_MS, () => undefined);
  head.openPart(new HeadPart(1, 0));
  head.clear(0);
});

const add = (timeMs: number, value: number) => head.add(0, timeMs, value, float, 0, null);
const times = () => head.runs(0).map(({ timesMs }) => [...timesMs]);

describe('Head', () => {
  it('takes what is newer, and what is late within the window', () => {
    expect([add(20_000, 1), add(30_000, 2), add(25_000, 3)]).toEqual([ADMISSION.added, ADMISSION.added, ADMISSION.added]);
    expect(times()).toEqual([[20_000, 25_000, 30_000]]);
    expect([...head.runs(0)[0]!.values]).toEqual([1, 3, 2]);
  });

  it('refuses what is later than the window', () => {
    add(30_000, 1);
    expect([add(20_000, 1), add(19_999, 1)]).toEqual([ADMISSION.added, ADMISSION.tooOld]);
  });

  it('knows a repeated sample from one with another value, wherever it stands', () => {
    for (const timeMs of [20_000, 25_000, 30_000]) add(timeMs, timeMs);
    head.openPart(new HeadPart(2, 0));
    expect([add(30_000, 30_000), add(25_000, 25_000)]).toEqual([ADMISSION.duplicate, ADMISSION.duplicate]);
    expect([add(30_000, 1), add(25_000, 1)]).toEqual([ADMISSION.conflict, ADMISSION.conflict]);
    expect(times()).toEqual([[20_000, 25_000, 30_000]]);
  });

  it('takes NaN for the same as NaN', () => {
    add(1_000, NaN);
    expect(add(1_000, NaN)).toBe(ADMISSION.duplicate);
  });

  it('passes over a stale marker for a series that has gone on', () => {
    add(2_000, 1);
    expect(head.add(0, 2_000, NaN, stale, 0, null)).toBe(ADMISSION.superseded);
    expect(head.add(0, 1_000, NaN, stale, 0, null)).toBe(ADMISSION.superseded);
    expect(head.add(0, 3_000, NaN, stale, 0, null)).toBe(ADMISSION.added);
    expect([...head.runs(0)[0]!.kinds!]).toEqual([float, stale]);
  });

  it('keeps parts apart, so that one can leave', () => {
    const first = head.parts[0]!;
    add(1_000, 1);
    head.openPart(new HeadPart(2, 0));
    add(2_000, 2);
    expect(times()).toEqual([[1_000], [2_000]]);
    head.dropPart(first);
    expect(times()).toEqual([[2_000]]);
  });

  it('gives a cleared slot to another series', () => {
    add(50_000, 1);
    head.clear(0);
    expect(add(1_000, 1)).toBe(ADMISSION.added);
  });
});

describe('HeadPart', () => {
  it('gives back what was put in, whatever the order and the number of series', () => {
    const samples = fc.array(fc.record({ slot: fc.integer({ min: 0, max: 3_000 }), timeMs: fc.integer({ min: 0, max: 40 }), value: fc.double() }), { maxLength: 300 });
    fc.assert(
      fc.property(samples, (given) => {
        const part = new HeadPart(1, 0);
        const first = new Map<string, number>();
        for (const { slot, timeMs, value } of given) {
          part.append(slot, timeMs, value, float, 0, null);
          if (!first.has(`${slot} ${timeMs}`)) first.set(`${slot} ${timeMs}`, value);
        }
        const found = [...part.slots()].flatMap((slot) => [...part.run(slot).timesMs].map((timeMs, i) => [`${slot} ${timeMs}`, part.run(slot).values[i]!] as const));
        expect(new Map(found)).toEqual(first);
        for (const slot of part.slots()) expect([...part.run(slot).timesMs]).toEqual([...part.run(slot).timesMs].sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});
