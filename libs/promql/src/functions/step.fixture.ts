import type { Call, Expr } from '../ast.js';
import type { InstantValue, StepArgument, StepContext } from './function-kinds.js';

const POSITION = { from: 0, to: 0 };

/** A step at 90 s of a query from 60 s to 180 s, 30 s each. */
export function stepContext(args: readonly Expr[] = []): StepContext {
  const call: Call = { type: 'call', function: 'f', args, position: POSITION };
  return { timeMs: 90_000, grid: { startMs: 60_000, endMs: 180_000, stepMs: 30_000 }, call, notes: { warn: () => {}, info: () => {} } };
}

export function scalarOf(value: number): StepArgument {
  return { type: 'scalar', value };
}

export function textOf(value: string): StepArgument {
  return { type: 'string', value };
}

export function vectorOf(...samples: readonly InstantValue[]): StepArgument {
  return { type: 'vector', samples };
}

export function sampleOf(value: InstantValue['value'], labels: Readonly<Record<string, string>> = {}): InstantValue {
  return { labels: Object.entries(labels).map(([name, text]) => ({ name, value: text })), dropName: false, value };
}
