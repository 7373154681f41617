import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsFromPairs } from '#metrics';
import { seriesLabeling } from './series-labels.js';

const name = fc.constantFrom('a', 'b', 'exported_a', 'exported_b', 'é', '𝄞', '\uffff');
const labelSet = fc.dictionary(name, fc.constantFrom('1', '2'), { maxKeys: 5 }).map((labels) => labelsFromPairs(Object.entries(labels)));
const own = labelSet.map((labels) => [{ name: '__name__', value: 'm' }, ...labels]);

describe('labels of a series', () => {
  it('are the target\'s where both have a name, and nothing is lost (500 runs)', () => {
    fc.assert(
      fc.property(own, labelSet, (exposed, target) => {
        const labels = seriesLabeling(target, false, [])(exposed)!;
        expect(labels).toEqual(labelsFromPairs(labels.map((label) => [label.name, label.value] as const)));
        for (const label of target) expect(labels).toContainEqual(label);
        expect(labels.map(({ value }) => value).sort()).toEqual([...exposed, ...target].map(({ value }) => value).sort());
        for (const label of exposed) if (!target.some((other) => other.name === label.name)) expect(labels).toContainEqual(label);
      }),
      { numRuns: 500 },
    );
  });

  it('are the series\' where they are honoured (500 runs)', () => {
    fc.assert(
      fc.property(own, labelSet, (exposed, target) => {
        const labels = seriesLabeling(target, true, [])(exposed);
        expect(labels).toEqual(labelsFromPairs(new Map([...target, ...exposed].map((label) => [label.name, label.value] as const))));
      }),
      { numRuns: 500 },
    );
  });
});
