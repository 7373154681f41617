import { compareUtf8 } from './label-order.js';
import type { Label, Labels } from './labels.js';

// A surrogate without its partner has no UTF-8 form: it would be stored as U+FFFD, and two label sets could become one.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The pairs are not a label set: an empty name, a name that stands twice, or text that UTF-8 cannot hold. */
export class LabelsError extends Error {
  override readonly name = 'LabelsError';
}

/** Sorts, and drops empty values. Throws LabelsError. */
export function labelsFromPairs(pairs: Iterable<readonly [name: string, value: string]>): Labels {
  const labels: Label[] = [];
  for (const [name, value] of pairs) {
    if (name === '') throw new LabelsError('A label has an empty name.');
    if (LONE_SURROGATE.test(name)) throw new LabelsError(`The label name ${JSON.stringify(name)} is not valid UTF-8.`);
    if (LONE_SURROGATE.test(value)) throw new LabelsError(`The value of the label ${JSON.stringify(name)} is not valid UTF-8.`);
    labels.push({ name, value });
  }
  labels.sort((one, other) => compareUtf8(one.name, other.name));
  labels.forEach(({ name }, i) => {
    if (labels[i + 1]?.name === name) throw new LabelsError(`The label ${JSON.stringify(name)} stands twice.`);
  });
  return labels.filter(({ value }) => value !== '');
}
