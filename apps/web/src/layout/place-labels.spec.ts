import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from './place-labels.js';
import type { LabelBox } from './place-labels.js';

const box = (key: string, left: number, priority: number): LabelBox => ({ key, left, top: 0, width: 60, height: 15, priority });

describe('placeLabels', () => {
  it('keeps the more important of two that overlap', () => {
    expect(placeLabels([box('a', 0, 1), box('b', 30, 2)], new Set())).toEqual(new Set(['b']));
  });

  it('keeps both where there is room', () => {
    expect(placeLabels([box('a', 0, 1), box('b', 70, 2)], new Set()).size).toBe(2);
  });

  it('lets a visible label stay against an equal one, but not against a more important one', () => {
    expect(placeLabels([box('a', 0, 1), box('b', 30, 1)], new Set(['b']))).toEqual(new Set(['b']));
    expect(placeLabels([box('a', 0, 2), box('b', 30, 1)], new Set(['b']))).toEqual(new Set(['a']));
  });

  it('never shows two that overlap, and always shows the first of all', () => {
    const boxes = fc.uniqueArray(fc.record({ key: fc.string({ minLength: 1 }), left: fc.integer({ min: 0, max: 300 }), top: fc.integer({ min: 0, max: 100 }), width: fc.integer({ min: 5, max: 80 }), height: fc.integer({ min: 5, max: 20 }), priority: fc.integer({ min: 0, max: 5 }) }), { selector: ({ key }) => key, minLength: 1 });
    fc.assert(
      fc.property(boxes, (all) => {
        const shown = all.filter(({ key }) => placeLabels(all, new Set()).has(key));
        const clash = shown.some((a, i) => shown.slice(i + 1).some((b) => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height));
        const top = Math.max(...all.map(({ priority }) => priority));
        return !clash && shown.some(({ priority }) => priority === top);
      }),
    );
  });
});
