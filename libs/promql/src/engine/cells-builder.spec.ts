import { describe, expect, it } from 'vitest';
import type { Histogram } from '#metrics';
import { CellsBuilder } from './cells-builder.js';
import { CELL, repeatCells, sampleAt } from './columns.js';

const NO_BUCKETS = { spans: [], counts: [] };
const histogram: Histogram = { schema: 0, zeroThreshold: 0, zeroCount: 0, count: 4, sum: 2, positive: { spans: [{ offset: 0, length: 2 }], counts: [1, 3] }, negative: NO_BUCKETS, customBounds: [], resetHint: 'unknown' };

describe('CellsBuilder', () => {
  it('gives nothing when nothing was added', () => {
    expect(new CellsBuilder().finish()).toBeNull();
  });

  it('needs no kinds for floats without a gap', () => {
    const builder = new CellsBuilder();
    builder.float(3, 1);
    builder.float(4, 2);
    expect(builder.finish()).toEqual({ from: 3, values: Float64Array.of(1, 2), kinds: null, histograms: null, samples: 2 });
  });

  it('marks gaps, grows over them and starts anew after finish', () => {
    const builder = new CellsBuilder();
    builder.float(0, 1);
    builder.float(200, 2);
    const cells = builder.finish()!;
    expect(cells.values.length).toBe(201);
    expect(sampleAt(cells, 100)).toBeNull();
    expect(sampleAt(cells, 200)).toBe(2);
    // Two samples, but the memory of two hundred cells.
    expect(cells.samples).toBe(50);
    builder.float(5, 7);
    expect(builder.finish()).toEqual({ from: 5, values: Float64Array.of(7), kinds: null, histograms: null, samples: 1 });
  });

  it('keeps histograms beside the floats and counts them by their size', () => {
    const builder = new CellsBuilder();
    builder.float(0, 1);
    builder.add(2, histogram);
    builder.add(3, 5);
    const cells = builder.finish()!;
    expect([0, 1, 2, 3].map((step) => sampleAt(cells, step))).toEqual([1, null, histogram, 5]);
    expect(cells.histograms).toHaveLength(4);
    // 176 bytes and three entries of 8, 16 to a sample, and two floats.
    expect(cells.samples).toBe(2 + 12);
  });
});

describe('repeatCells', () => {
  it('repeats a float without kinds and a histogram with them', () => {
    expect(repeatCells({ from: 0, values: Float64Array.of(4), kinds: null, histograms: null, samples: 1 }, 3)).toEqual({ from: 0, values: Float64Array.of(4, 4, 4), kinds: null, histograms: null, samples: 3 });
    const repeated = repeatCells({ from: 0, values: Float64Array.of(NaN), kinds: Uint8Array.of(CELL.histogram), histograms: [histogram], samples: 12 }, 2);
    expect(sampleAt(repeated, 1)).toBe(histogram);
    expect(repeated.samples).toBe(24);
  });
});
