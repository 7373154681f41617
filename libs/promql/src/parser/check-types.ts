import { METRIC_NAME } from '#metrics';
import type { Aggregate, Binary, Call, Expr, Position, ValueType, VectorSelector } from '../ast.js';
import { COMPARISON_OPERATORS, SET_OPERATORS } from '../ast.js';
import { SIGNATURES } from '../functions/signatures.js';
import type { FunctionName, Signature } from '../functions/signatures.js';
import { quote } from './go-string.js';
import { parseError } from './parse-error.js';
import type { MisplacedMatching } from './parse-expression.js';
import { matchesEmpty } from './parse-selector.js';
import { typeOf } from './type-of.js';

const DOCUMENTED: Readonly<Record<ValueType, string>> = { vector: 'instant vector', matrix: 'range vector', scalar: 'scalar', string: 'string' };
const SCALAR_PARAMETER: ReadonlySet<string> = new Set(['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio']);
const isOneOf = (list: readonly string[], word: string): boolean => list.includes(word);

/** Throws the first of what Prometheus' type check finds wrong, in its order: mostly the children of a node before the node. */
export function checkTypes(query: string, expr: Expr, misplaced: MisplacedMatching): void {
  new TypeCheck(query, misplaced).check(expr);
}

class TypeCheck {
  constructor(
    private readonly query: string,
    private readonly misplaced: MisplacedMatching,
  ) {}

  check(expr: Expr): ValueType {
    switch (expr.type) {
      case 'number':
      case 'string':
        break;
      case 'vector-selector':
        this.checkSelector(expr, false);
        break;
      case 'matrix-selector':
        this.checkSelector(expr.vector, false);
        break;
      case 'subquery': {
        const type = this.check(expr.expr);
        if (type !== 'vector') this.fail(expr.position, `subquery is only allowed on instant vector, got ${type} instead`);
        break;
      }
      case 'paren':
        this.check(expr.expr);
        break;
      case 'unary': {
        const type = this.check(expr.expr);
        const allowed = 'unary expression only allowed on expressions of type scalar or instant vector';
        if (type !== 'scalar' && type !== 'vector') this.fail(expr.position, `${allowed}, got ${quote(DOCUMENTED[type])}`);
        break;
      }
      case 'aggregate':
        this.checkAggregate(expr);
        break;
      case 'binary':
        this.checkBinary(expr);
        break;
      case 'call':
        this.checkCall(expr);
    }
    return typeOf(expr);
  }

  private checkAggregate({ operator, expr, param }: Aggregate): void {
    this.expectType(expr, 'vector', 'aggregation expression');
    if (param !== null) this.expectType(param, SCALAR_PARAMETER.has(operator) ? 'scalar' : 'string', 'aggregation parameter');
  }

  private expectType(expr: Expr, wanted: ValueType, context: string): void {
    const type = this.check(expr);
    if (type !== wanted) this.fail(expr.position, `expected type ${DOCUMENTED[wanted]} in ${context}, got ${DOCUMENTED[type]}`);
  }

  private checkBinary(binary: Binary): void {
    const { operator, left, right, returnBool } = binary;
    const types = [this.check(left), this.check(right)];
    const isComparison = isOneOf(COMPARISON_OPERATORS, operator);
    const betweenScalars = types.every((type) => type === 'scalar');
    if (returnBool && !isComparison) this.fail(this.operatorPosition(binary), 'bool modifier can only be used on comparison operators');
    if (isComparison && !returnBool && betweenScalars) this.fail(this.operatorPosition(binary), 'comparisons between scalars must use BOOL modifier');
    this.checkLabelsOnce(binary);
    for (const [index, side] of [left, right].entries()) {
      if (types[index] !== 'scalar' && types[index] !== 'vector') this.fail(side.position, 'binary expression must contain only scalar and instant vector types');
    }
    this.checkMatching(binary);
  }

  private checkLabelsOnce(binary: Binary): void {
    const matching = binary.matching ?? this.misplaced.get(binary)!;
    const twice = matching.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined;
    if (twice !== undefined) this.fail(this.operatorPosition(binary), `label ${quote(twice)} must not occur in ON and GROUP clause at once`);
  }

  private checkMatching(binary: Binary): void {
    const { operator, position } = binary;
    const isSet = isOneOf(SET_OPERATORS, operator);
    const matching = binary.matching ?? this.misplaced.get(binary)!;
    const isFilling = matching.fill.left !== null || matching.fill.right !== null;
    if (binary.matching === null) {
      if (matching.labels.length > 0) this.fail(position, 'vector matching only allowed between instant vectors');
      if (isFilling) this.fail(position, 'filling in missing series only allowed between instant vectors');
      if (isSet) this.fail(position, `set operator ${quote(operator)} not allowed in binary scalar expression`);
    } else if (isSet) {
      if (matching.cardinality !== 'many-to-many') this.fail(position, `no grouping allowed for ${quote(operator)} operation`);
      if (isFilling) this.fail(position, 'filling in missing series not allowed for set operators');
    }
  }

  private operatorPosition({ left, right }: Binary): Position {
    const between = this.query.slice(left.position.to, right.position.from);
    return { from: left.position.to + between.length - between.trimStart().length, to: left.position.to + between.trimEnd().length };
  }

  private checkCall(call: Call): void {
    const signature: Signature = SIGNATURES[call.function as FunctionName];
    this.checkArgumentCount(call, signature);
    const labelSelector = call.function === 'info' ? this.checkInfoSelector(call) : null;
    for (const [index, arg] of call.args.entries()) {
      const wanted = signature.args[Math.min(index, signature.args.length - 1)]!;
      if (arg === labelSelector) this.checkSelector(labelSelector, true);
      else {
        const type = this.check(arg);
        if (type !== wanted) this.fail(arg.position, `expected type ${DOCUMENTED[wanted]} in call to function ${quote(call.function)}, got ${DOCUMENTED[type]}`);
      }
    }
  }

  private checkArgumentCount({ function: name, args, position }: Call, { args: types, variadic }: Signature): void {
    const least = variadic === 0 ? types.length : types.length - 1;
    const most = variadic < 0 ? Number.POSITIVE_INFINITY : least + variadic;
    if (args.length >= least && args.length <= most) return;
    const bound = variadic === 0 ? '' : args.length < least ? 'at least ' : 'at most ';
    this.fail(position, `expected ${bound}${args.length < least ? least : most} argument(s) in call to ${quote(name)}, got ${args.length}`);
  }

  /** The second argument of info() is a list of matchers for the labels to add: it may match what is empty. */
  private checkInfoSelector({ args, position }: Call): VectorSelector | null {
    const selector = args[1];
    if (selector === undefined) return null;
    const type = typeOf(selector);
    if (type !== 'vector') this.fail(position, `expected type instant vector in call to function "info", got ${DOCUMENTED[type]}`);
    if (selector.type !== 'vector-selector') return this.fail(selector.position, 'expected label selectors only');
    if (selector.name !== null) this.fail(selector.position, 'expected label selectors only, got vector selector instead');
    return selector;
  }

  private checkSelector({ name, matchers, position }: VectorSelector, mayMatchEmpty: boolean): void {
    if (name !== null) {
      const other = matchers.slice(0, -1).find((matcher) => matcher.name === METRIC_NAME);
      if (other !== undefined) this.fail(position, `metric name must not be set twice: ${quote(name)} or ${quote(other.value)}`);
    } else if (!mayMatchEmpty && matchers.every(matchesEmpty)) {
      this.fail(position, 'vector selector must contain at least one non-empty matcher');
    }
  }

  private fail(position: Position, message: string): never {
    throw parseError(this.query, position, message);
  }
}
