import { compareLabels } from '#metrics';
import { labelValue } from '../engine/label-sets.js';
import type { InstantValue, StepArgument, VectorFunction } from './function-kinds.js';
import { compareNatural } from './natural-order.js';

/** Order matters in the result of an instant query alone. */
export const SORT_FUNCTIONS = {
  sort: byValue((a, b) => a - b),
  sort_desc: byValue((a, b) => b - a),
  sort_by_label: byLabels(1),
  sort_by_label_desc: byLabels(-1),
} as const satisfies Record<string, VectorFunction>;

/** Floats alone, NaN always last. */
function byValue(compare: (a: number, b: number) => number): VectorFunction {
  const ranked = (a: InstantValue, b: InstantValue): number => {
    const [x, y] = [a.value as number, b.value as number];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    // Not by their difference alone: that of equal infinities is NaN.
    return x === y ? 0 : compare(x, y);
  };
  return { kind: 'vector', evaluate: ([vector]) => samplesOf(vector).filter(({ value }) => typeof value === 'number').sort(ranked) };
}

/** In natural order; samples that agree in all the labels asked for are put in the order of their whole label sets. */
function byLabels(direction: 1 | -1): VectorFunction {
  return {
    kind: 'vector',
    evaluate: ([vector, ...names]) => {
      const asked = names.flatMap((name) => (name.type === 'string' ? [name.value] : []));
      return [...samplesOf(vector)].sort((a, b) => direction * compareByLabels(a, b, asked));
    },
  };
}

function compareByLabels(a: InstantValue, b: InstantValue, names: readonly string[]): number {
  for (const name of names) {
    const order = compareNatural(labelValue(a.labels, name), labelValue(b.labels, name));
    if (order !== 0) return order;
  }
  return compareLabels(a.labels, b.labels);
}

function samplesOf(argument: StepArgument | undefined): readonly InstantValue[] {
  return argument?.type === 'vector' ? argument.samples : [];
}
