import { averageHistograms, compactHistogram, hasCustomBuckets, METRIC_NAME, sumHistograms, type Histogram } from '#metrics';
import type { Notes } from '../functions/function-kinds.js';
import { meanOf, sumOf } from '../functions/kahan-sum.js';
import { collidingResets, mixedBucketSchemas, reconciledBounds } from '../functions/note-texts.js';
import { CellsBuilder } from './cells-builder.js';
import { sampleAt, type Cells, type Column } from './columns.js';
import { labelValue } from './label-sets.js';

/** Sum or mean of a group with histograms in it. A step that has floats as well gives nothing, nor does one whose histograms do not fit together. */
export function reduceMixed(operator: 'sum' | 'avg', members: readonly Column[], { steps, notes }: { readonly steps: number; readonly notes: Notes }): Cells | null {
  const builder = new CellsBuilder();
  for (let step = 0; step < steps; step++) {
    const { floats, histograms } = samplesOf(members, step);
    if (histograms.length === 0 && floats.length > 0) builder.float(step, (operator === 'sum' ? sumOf : meanOf)(Float64Array.from(floats), 0, floats.length));
    else if (floats.length > 0) notes.warn('encountered a mix of histograms and floats for aggregation');
    else if (histograms.length > 0) {
      const total = reduceHistograms(operator, histograms, notes);
      if (total !== null) builder.histogram(step, total);
    }
  }
  return builder.finish();
}

interface NamedHistogram {
  readonly member: Column;
  readonly histogram: Histogram;
}

function samplesOf(members: readonly Column[], step: number): { readonly floats: number[]; readonly histograms: NamedHistogram[] } {
  const floats: number[] = [];
  const histograms: NamedHistogram[] = [];
  for (const member of members) {
    const sample = sampleAt(member, step);
    if (typeof sample === 'number') floats.push(sample);
    else if (sample !== null) histograms.push({ member, histogram: sample });
  }
  return { floats, histograms };
}

function reduceHistograms(operator: 'sum' | 'avg', named: readonly NamedHistogram[], notes: Notes): Histogram | null {
  const [first] = named as readonly [NamedHistogram, ...NamedHistogram[]];
  const unlike = named.find(({ histogram }) => hasCustomBuckets(histogram) !== hasCustomBuckets(first.histogram));
  if (unlike !== undefined) {
    notes.warn(mixedBucketSchemas(labelValue(unlike.member.labels, METRIC_NAME)));
    return null;
  }
  const histograms = named.map(({ histogram }) => histogram);
  const { histogram, boundsReconciled } = operator === 'sum' ? sumHistograms(histograms) : averageHistograms(histograms);
  if (boundsReconciled) notes.info(reconciledBounds('aggregation'));
  const hints = new Set(histograms.map(({ resetHint }) => resetHint));
  if (hints.has('reset') && hints.has('not-reset')) notes.warn(collidingResets('aggregation'));
  return compactHistogram(histogram);
}
