import { describe, expect, it } from 'vitest';
import { formatLabels, withLabel, withoutMetadata } from './label-sets.js';

const labelsOf = (record: Record<string, string>) => Object.entries(record).map(([name, value]) => ({ name, value }));

describe('withLabel', () => {
  it('keeps the order of names when it adds, replaces and removes', () => {
    const labels = labelsOf({ a: '1', c: '3' });
    expect(withLabel(labels, 'b', '2')).toEqual(labelsOf({ a: '1', b: '2', c: '3' }));
    expect(withLabel(labels, 'c', '4')).toEqual(labelsOf({ a: '1', c: '4' }));
    expect(withLabel(labels, 'a', '')).toEqual(labelsOf({ c: '3' }));
  });
});

describe('withoutMetadata', () => {
  it('drops name, type and unit, and keeps the very labels when there are none', () => {
    expect(withoutMetadata(labelsOf({ __name__: 'm', __type__: 'counter', __unit__: 's', job: 'x' }))).toEqual(labelsOf({ job: 'x' }));
    const labels = labelsOf({ job: 'x' });
    expect(withoutMetadata(labels)).toBe(labels);
  });
});

describe('formatLabels', () => {
  it('quotes values, and names that are not plain', () => {
    expect(formatLabels(labelsOf({ __name__: 'up', 'a.b': 'say "x"' }))).toBe('{__name__="up", "a.b"="say \\"x\\""}');
  });
});
