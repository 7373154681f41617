import { histogramFraction, histogramQuantile, histogramVariance, METRIC_NAME, type Histogram, type Labels } from '#metrics';
import { labelValue, withLabel } from '../engine/label-sets.js';
import { formatGeneral } from '../parser/go-number.js';
import type { FunctionDefinition, InstantValue, Notes, SampleFunction, StepArgument } from './function-kinds.js';
import { classicFraction } from './histogram-classic-fraction.js';
import { classicQuantile } from './histogram-classic-quantile.js';
import { histogramsIn, type HistogramInput } from './histogram-input.js';
import { ofMetric } from './histogram-notes.js';
import { invalidQuantile } from './note-texts.js';

const MONOTONICITY = 'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';
const NAN_EFFECTS = { skewed: 'input to histogram_quantile has NaN observations, result is skewed higher', 'no-result': 'input to histogram_quantile has NaN observations, result is NaN' } as const;

/** A number of each native histogram; floats give nothing. */
function ofHistogram(evaluate: (histogram: Histogram) => number): SampleFunction {
  return { kind: 'sample', evaluate: (value) => (typeof value === 'number' ? null : evaluate(value)) };
}

function quantiles(q: number, { natives, classics }: HistogramInput, notes: Notes): InstantValue[] {
  const ofNatives = natives.map(({ labels, histogram }) => {
    const { value, nanEffect } = histogramQuantile(q, histogram);
    if (nanEffect !== 'none') notes.info(ofMetric(NAN_EFFECTS[nanEffect], labelValue(labels, METRIC_NAME)));
    return { labels, dropName: true, value };
  });
  const ofClassics = classics.map(({ labels, buckets }) => {
    const { value, repair } = classicQuantile(q, buckets);
    if (repair !== null) notes.info(ofMetric(MONOTONICITY, labelValue(labels, METRIC_NAME)));
    return { labels, dropName: true, value };
  });
  return [...ofNatives, ...ofClassics];
}

function fractions(lower: number, upper: number, { natives, classics }: HistogramInput, notes: Notes): InstantValue[] {
  const ofNatives = natives.map(({ labels, histogram }) => {
    const { value, hasNan } = histogramFraction(lower, upper, histogram);
    if (hasNan) notes.info(ofMetric('input to histogram_fraction has NaN observations, which are excluded from all fractions', labelValue(labels, METRIC_NAME)));
    return { labels, dropName: true, value };
  });
  return [...ofNatives, ...classics.map(({ labels, buckets }) => ({ labels, dropName: true, value: classicFraction(lower, upper, buckets) }))];
}

function noteInvalid(q: number, notes: Notes): void {
  if (!(q >= 0 && q <= 1)) notes.warn(invalidQuantile(q));
}

const scalar = (arg: StepArgument | undefined): number => (arg?.type === 'scalar' ? arg.value : NaN);
const samples = (arg: StepArgument | undefined): readonly InstantValue[] => (arg?.type === 'vector' ? arg.samples : []);

// The same labels give the same object at each step, which the engine recognizes fast.
const WITH_QUANTILE = new WeakMap<Labels, Map<string, Labels>>();

function withQuantile(labels: Labels, label: string, text: string): Labels {
  const key = `${label}=${text}`;
  const known = WITH_QUANTILE.get(labels) ?? new Map<string, Labels>();
  WITH_QUANTILE.set(labels, known);
  const labelled = known.get(key) ?? withLabel(labels, label, text);
  known.set(key, labelled);
  return labelled;
}

/** As in the label `quantile` of a summary: 0.9, 1.0. */
function quantileText(q: number): string {
  const text = formatGeneral(q);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

export const HISTOGRAM_FUNCTIONS = {
  histogram_avg: ofHistogram(({ sum, count }) => sum / count),
  histogram_count: ofHistogram(({ count }) => count),
  histogram_sum: ofHistogram(({ sum }) => sum),
  histogram_stddev: ofHistogram((histogram) => Math.sqrt(histogramVariance(histogram))),
  histogram_stdvar: ofHistogram(histogramVariance),
  histogram_fraction: {
    kind: 'vector',
    evaluate: ([lower, upper, vector], { notes }) => fractions(scalar(lower), scalar(upper), histogramsIn(samples(vector), notes), notes),
  },
  histogram_quantile: {
    kind: 'vector',
    evaluate: ([q, vector], { notes }) => {
      noteInvalid(scalar(q), notes);
      return quantiles(scalar(q), histogramsIn(samples(vector), notes), notes);
    },
  },
  histogram_quantiles: {
    kind: 'vector',
    evaluate: ([vector, name, ...qs], { notes }) => {
      const label = name?.type === 'string' ? name.value : '';
      for (const q of qs) noteInvalid(scalar(q), notes);
      const input = histogramsIn(samples(vector), notes);
      return qs.flatMap((q) => quantiles(scalar(q), input, notes).map((quantile) => ({ ...quantile, labels: withQuantile(quantile.labels, label, quantileText(scalar(q))) })));
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
