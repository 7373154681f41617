import type { Call, Expr, Unary } from '../ast.js';
import type { EvaluationGrid } from '../engine-options.js';
import { FUNCTIONS } from '../functions/functions.js';
import { isFunctionName } from '../functions/signatures.js';
import { QueryError } from '../query-error.js';
import { evaluateAbsentOverTime } from './absent-over-time.js';
import { evaluateAggregate } from './aggregate.js';
import { evaluateBinary } from './binary.js';
import { tooManySamples } from './budget.js';
import { repeatCells, toColumn, type Column } from './columns.js';
import type { Evaluated, Evaluation, Query } from './evaluation.js';
import { evaluateInfo } from './info.js';
import { evaluateLabelCall } from './label-call.js';
import { stepCount } from './moments.js';
import { evaluateRangeCall } from './range-call.js';
import { evaluateSampleCall } from './sample-call.js';
import { isStepInvariant } from './step-invariance.js';
import { evaluateStartTimestamp, evaluateTimestamp } from './timestamp-call.js';
import { negate } from './unary.js';
import { evaluateScalarCall, evaluateVectorCall } from './vector-call.js';
import { evaluateVectorSelector } from './vector-selector.js';

/** Evaluates expressions over one grid. What no step changes is evaluated once and repeated. */
export class GridEvaluation implements Evaluation {
  readonly steps: number;

  constructor(
    readonly query: Query,
    readonly grid: EvaluationGrid,
  ) {
    this.steps = stepCount(grid);
    // A grid of more steps could not hold even one full series.
    if (this.steps > query.options.maxSamples) throw tooManySamples();
  }

  timeMs(step: number): number {
    return this.grid.startMs + step * this.grid.stepMs;
  }

  over(grid: EvaluationGrid): Evaluation {
    return new GridEvaluation(this.query, grid);
  }

  async evaluate(expr: Expr): Promise<Evaluated> {
    const { budget } = this.query;
    const heldBefore = budget.held;
    budget.check();
    const value = this.steps > 1 && isStepInvariant(expr) ? await this.#evaluateOnce(expr) : await this.#evaluateHere(expr);
    // The parts are no longer needed.
    budget.held = heldBefore;
    budget.hold(samplesIn(value));
    return value;
  }

  async vector(expr: Expr): Promise<readonly Column[]> {
    const value = await this.evaluate(expr);
    if (value.type !== 'vector') throw new RangeError(`a vector was expected, not a ${value.type}`);
    return value.columns;
  }

  async scalar(expr: Expr): Promise<Float64Array> {
    const value = await this.evaluate(expr);
    if (value.type !== 'scalar') throw new RangeError(`a scalar was expected, not a ${value.type}`);
    return value.values;
  }

  async #evaluateOnce(expr: Expr): Promise<Evaluated> {
    if (expr.type === 'number') return this.#evaluateHere(expr);
    const { startMs, stepMs } = this.grid;
    const once = await this.over({ startMs, endMs: startMs, stepMs }).evaluate(expr);
    switch (once.type) {
      case 'string':
        return once;
      case 'scalar':
        return { type: 'scalar', values: new Float64Array(this.steps).fill(once.values[0]!) };
      case 'vector':
        return { type: 'vector', columns: once.columns.map((column) => this.#repeat(column)) };
    }
  }

  #repeat(column: Column): Column {
    this.query.budget.hold(column.samples * this.steps);
    return toColumn(column.labels, column.dropName, repeatCells(column, this.steps));
  }

  async #evaluateHere(expr: Expr): Promise<Evaluated> {
    switch (expr.type) {
      case 'number':
        return { type: 'scalar', values: new Float64Array(this.steps).fill(expr.value) };
      case 'string':
        return { type: 'string', value: expr.value };
      case 'vector-selector':
        return evaluateVectorSelector(expr, this);
      case 'paren':
        return this.evaluate(expr.expr);
      case 'unary':
        return this.#unary(expr);
      case 'binary':
        return evaluateBinary(expr, this);
      case 'aggregate':
        return evaluateAggregate(expr, this);
      case 'call':
        return this.#call(expr);
      case 'matrix-selector':
      case 'subquery':
        throw new RangeError('a range vector is evaluated by what takes it');
    }
  }

  async #unary(expr: Unary): Promise<Evaluated> {
    const value = await this.evaluate(expr.expr);
    return expr.operator === '-' ? negate(value) : value;
  }

  #call(call: Call): Promise<Evaluated> {
    if (!isFunctionName(call.function)) throw new QueryError('bad_data', `unknown function with name "${call.function}"`, call.position);
    const definition = FUNCTIONS[call.function];
    switch (definition.kind) {
      case 'range':
        return evaluateRangeCall(call, definition, this);
      case 'sample':
        return evaluateSampleCall(call, definition, this);
      case 'vector':
        return evaluateVectorCall(call, definition, this);
      case 'label':
        return evaluateLabelCall(call, definition, this);
      case 'scalar':
        return evaluateScalarCall(call, definition, this);
      case 'engine':
        return evaluateEngineCall(call, this);
    }
  }
}

function evaluateEngineCall(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  switch (call.function) {
    case 'absent_over_time':
      return evaluateAbsentOverTime(call, evaluation);
    case 'info':
      return evaluateInfo(call, evaluation);
    case 'timestamp':
      return evaluateTimestamp(call, evaluation);
    case 'start_timestamp':
      return evaluateStartTimestamp(call, evaluation);
    default:
      throw new RangeError(`the engine has no function ${call.function}`);
  }
}

function samplesIn(value: Evaluated): number {
  switch (value.type) {
    case 'string':
      return 0;
    case 'scalar':
      return value.values.length;
    case 'vector':
      return value.columns.reduce((sum, { samples }) => sum + samples, 0);
  }
}
