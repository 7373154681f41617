import { describe, expect, it } from 'vitest';
import { histogramOf } from './range-window.fixture.js';
import { SORT_FUNCTIONS } from './sort.js';
import { sampleOf, stepContext, textOf, vectorOf } from './step.fixture.js';

const VALUES = vectorOf(sampleOf(2), sampleOf(NaN), sampleOf(Infinity), sampleOf(histogramOf([1])), sampleOf(-1), sampleOf(Infinity));

describe('sort', () => {
  it('puts NaN last in both directions and leaves histograms out', () => {
    expect(SORT_FUNCTIONS.sort.evaluate([VALUES], stepContext()).map(({ value }) => value)).toEqual([-1, 2, Infinity, Infinity, NaN]);
    expect(SORT_FUNCTIONS.sort_desc.evaluate([VALUES], stepContext()).map(({ value }) => value)).toEqual([Infinity, Infinity, 2, -1, NaN]);
  });
});

describe('sort_by_label', () => {
  const vector = vectorOf(sampleOf(1, { cpu: '10', mode: 'b' }), sampleOf(2, { cpu: '9', mode: 'b' }), sampleOf(3, { cpu: '10', mode: 'a' }), sampleOf(histogramOf([1]), { mode: 'z' }));

  it('goes by the labels asked for in natural order, then by all; an absent one comes first', () => {
    const sorted = SORT_FUNCTIONS.sort_by_label.evaluate([vector, textOf('cpu')], stepContext());
    expect(sorted.map(({ labels }) => labels.map(({ value }) => value).join())).toEqual(['z', '9,b', '10,a', '10,b']);
  });

  it('turns around as a whole', () => {
    const sorted = SORT_FUNCTIONS.sort_by_label_desc.evaluate([vector, textOf('mode'), textOf('cpu')], stepContext());
    expect(sorted.map(({ labels }) => labels.map(({ value }) => value).join())).toEqual(['z', '10,b', '9,b', '10,a']);
  });
});
