import { greaterOf, lesserOf } from './extremes.js';
import type { ScalarFunction, StepArgument, VectorFunction } from './function-kinds.js';

/** Times and lengths are in seconds. */
export const SCALAR_FUNCTIONS = {
  time: { kind: 'scalar', evaluate: (_, { timeMs }) => timeMs / 1000 },
  start: { kind: 'scalar', evaluate: (_, { grid }) => grid.startMs / 1000 },
  end: { kind: 'scalar', evaluate: (_, { grid }) => grid.endMs / 1000 },
  step: { kind: 'scalar', evaluate: (_, { grid }) => grid.stepMs / 1000 },
  range: { kind: 'scalar', evaluate: (_, { grid }) => (grid.endMs - grid.startMs) / 1000 },
  pi: { kind: 'scalar', evaluate: () => Math.PI },
  min_of: { kind: 'scalar', evaluate: ([a, b]) => lesserOf(scalarOf(a), scalarOf(b)) },
  max_of: { kind: 'scalar', evaluate: ([a, b]) => greaterOf(scalarOf(a), scalarOf(b)) },
  /** The only float of a vector; NaN when there are none or several. */
  scalar: { kind: 'scalar', evaluate: ([vector]) => onlyFloat(vector) },
} as const satisfies Record<string, ScalarFunction>;

export const VECTOR_OF_SCALAR: VectorFunction = { kind: 'vector', evaluate: ([scalar]) => [{ labels: [], dropName: false, value: scalarOf(scalar) }] };

function scalarOf(argument: StepArgument | undefined): number {
  return argument?.type === 'scalar' ? argument.value : NaN;
}

function onlyFloat(argument: StepArgument | undefined): number {
  if (argument?.type !== 'vector') return NaN;
  const floats = argument.samples.filter(({ value }) => typeof value === 'number');
  return floats.length === 1 ? (floats[0]!.value as number) : NaN;
}
