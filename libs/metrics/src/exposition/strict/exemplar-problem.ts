import type { ExposedExemplar } from '../exposition.js';
import type { SampleShape } from './sample-shapes.js';

const MAX_CODE_POINTS = 128;

/** What an exemplar should have been (OpenMetrics 1.0, "Exemplars", "Histogram"); null when it is that. `bound`: of the bucket where it stands. */
export function exemplarProblem({ labels, value }: ExposedExemplar, shape: SampleShape, bound: number | null): string | null {
  if (!shape.mayHaveExemplar) return 'no exemplar, as only counters and buckets may have one';
  if (labels.some(({ name }) => name.startsWith('_'))) return 'label names that do not begin with an underscore, as those are reserved';
  const codePoints = labels.reduce((sum, label) => sum + [...label.name].length + [...label.value].length, 0);
  if (codePoints > MAX_CODE_POINTS) return `at most ${MAX_CODE_POINTS} characters in the names and values of an exemplar's labels, not ${codePoints}`;
  return bound !== null && value > bound ? 'an exemplar whose value is within its bucket' : null;
}
