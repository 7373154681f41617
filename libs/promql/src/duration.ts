import type { Duration } from './ast.js';
import type { EvaluationGrid } from './engine-options.js';
import { MAX_DURATION_MS } from './parser/number-literal.js';
import { QueryError } from './query-error.js';

/**
 * Whole milliseconds of a duration of either sign. `grid` is that of the whole query, `stepMs` 0 for an instant query.
 * Throws QueryError `bad_data` when an expression divides by zero or leaves the range of 292 years.
 */
export function durationMs(duration: Duration, grid: EvaluationGrid): number {
  // Prometheus rounds what is written to nanoseconds, and cuts off what is calculated.
  if (duration.type === 'literal') return Math.trunc(Math.round(duration.seconds * 1e9) / 1e6);
  const seconds = evaluate(duration, grid);
  if (!Number.isFinite(seconds)) throw failure(duration, 'duration is NaN or infinite');
  if (Math.abs(seconds) * 1000 > MAX_DURATION_MS) throw failure(duration, 'duration is out of range');
  return Math.trunc(seconds * 1000);
}

/** The same of a range or a step, which must be above zero. */
export function positiveDurationMs(duration: Duration, grid: EvaluationGrid): number {
  const ms = durationMs(duration, grid);
  if (duration.type !== 'literal' && evaluate(duration, grid) <= 0) throw failure(duration, 'duration must be greater than 0');
  return ms;
}

function evaluate(duration: Duration, grid: EvaluationGrid): number {
  switch (duration.type) {
    case 'literal':
      return duration.seconds;
    case 'step':
      return grid.stepMs / 1000;
    case 'range':
      return (grid.endMs - grid.startMs) / 1000;
    case 'negate':
      return -evaluate(duration.operand, grid);
    case 'paren':
      return evaluate(duration.operand, grid);
    default:
      return calculate(duration, evaluate(duration.left, grid), evaluate(duration.right, grid));
  }
}

function calculate(duration: Extract<Duration, { readonly left: Duration }>, left: number, right: number): number {
  switch (duration.type) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) throw failure(duration, 'division by zero');
      return left / right;
    case '%':
      if (right === 0) throw failure(duration, 'modulo by zero');
      return left % right;
    case '^':
      return left ** right;
    case 'min':
      return Math.min(left, right);
    case 'max':
      return Math.max(left, right);
  }
}

/** Prometheus gives begin and end here, where other errors give line and column. */
function failure({ position }: Duration, message: string): QueryError {
  return new QueryError('bad_data', `${position.from}:${position.to}: ${message}`, position);
}
