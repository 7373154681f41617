import type { AggregateOperator, Binary, BinaryOperator, Expr, Matching, Unary } from '../ast.js';
import { SET_OPERATORS } from '../ast.js';
import { isFunctionName } from '../functions/signatures.js';
import { quote, unquote } from './go-string.js';
import { numberOf } from './parse-duration.js';
import { parseGroupingLabels, parseMatching } from './parse-matching.js';
import { parseModifiers } from './parse-modifier.js';
import { parseSelector } from './parse-selector.js';
import { isAggregateOperator, isBinaryOperator, LOWEST_POWER, OPERAND_OF_SIGN, powerOf, powerOfRight } from './precedence.js';
import { isMetricName } from './token.js';
import type { Token, TokenKind } from './token.js';
import type { TokenStream } from './token-stream.js';
import { typeOf } from './type-of.js';

/** Functions whose names are keywords too. */
const KEYWORD_FUNCTIONS: ReadonlySet<TokenKind> = new Set<TokenKind>(['identifier', 'start', 'end', 'step', 'range', 'min_of', 'max_of']);
const WITH_PARAMETER: ReadonlySet<AggregateOperator> = new Set<AggregateOperator>(['topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio']);

/** Matching that was written where the two sides are not both vectors. The type check complains of some of it and lets the rest pass. */
export type MisplacedMatching = Map<Binary, Matching>;

/** By precedence climbing. */
export class ExpressionParser {
  readonly misplaced: MisplacedMatching = new Map();

  constructor(private readonly stream: TokenStream) {}

  parse(minPower = LOWEST_POWER): Expr {
    return this.stream.withinDepth(() => {
      let left = this.parseSigned();
      for (;;) {
        const { kind } = this.stream.peek();
        if (!isBinaryOperator(kind) || powerOf(kind) < minPower) return left;
        this.stream.deepen();
        left = this.parseBinary(left, kind);
      }
    });
  }

  private parseBinary(left: Expr, operator: BinaryOperator): Expr {
    this.stream.next();
    const { returnBool, matching } = parseMatching(this.stream);
    const right = this.parse(powerOfRight(operator));
    const betweenVectors = typeOf(left) === 'vector' && typeOf(right) === 'vector';
    const position = { from: left.position.from, to: right.position.to };
    const binary: Binary = { type: 'binary', operator, left, right, returnBool, matching: betweenVectors ? ofOperator(operator, matching) : null, position };
    if (!betweenVectors) this.misplaced.set(binary, matching);
    return binary;
  }

  private parseSigned(): Expr {
    const sign = this.stream.accept('+', '-');
    if (sign === null) return parseModifiers(this.stream, this.parsePrimary());
    const expr = this.parse(OPERAND_OF_SIGN);
    const position = { from: sign.from, to: expr.position.to };
    if (expr.type === 'number') return { ...expr, value: sign.kind === '-' ? -expr.value : expr.value, position };
    return { type: 'unary', operator: sign.kind as Unary['operator'], expr, position };
  }

  private parsePrimary(): Expr {
    const token = this.stream.peek();
    const position = { from: token.from, to: token.to };
    if (token.kind === '{') return parseSelector(this.stream, null);
    if (!isMetricName(token) && token.kind !== 'number' && token.kind !== 'duration' && token.kind !== 'string' && token.kind !== '(') return this.stream.throwUnexpected();
    this.stream.next();
    switch (token.kind) {
      case 'number':
      case 'duration':
        return { type: 'number', ...numberOf(this.stream, token), position };
      case 'string':
        return { type: 'string', value: unquote(token.text), position };
      case '(': {
        const expr = this.parse();
        return { type: 'paren', expr, position: { from: token.from, to: this.stream.expect(')').to } };
      }
      default:
        return this.parseNamed(token);
    }
  }

  private parseNamed(name: Token): Expr {
    if (isAggregateOperator(name.kind) && this.stream.is('(', 'by', 'without')) return this.parseAggregate(name, name.kind);
    if (KEYWORD_FUNCTIONS.has(name.kind) && this.stream.is('(')) return this.parseCall(name);
    return parseSelector(this.stream, name);
  }

  private parseCall(name: Token): Expr {
    const { args, to } = this.parseArguments();
    if (!isFunctionName(name.text)) throw this.stream.error(name, `unknown function with name ${quote(name.text)}`);
    return { type: 'call', function: name.text, args, position: { from: name.from, to } };
  }

  private parseArguments(): { readonly args: readonly Expr[]; readonly to: number } {
    this.stream.expect('(');
    const args: Expr[] = [];
    let closing = this.stream.accept(')');
    while (closing === null) {
      args.push(this.parse());
      const comma = this.stream.accept(',');
      if (comma === null) closing = this.stream.expect(')');
      else if (!startsExpression(this.stream.peek())) throw this.stream.error(comma, 'trailing commas not allowed in function call args');
    }
    return { args, to: closing.to };
  }

  private parseAggregate(name: Token, operator: AggregateOperator): Expr {
    return this.stream.withinAggregation(() => {
      const before = this.parseGrouping();
      const { args, to } = this.parseArguments();
      const grouping = before ?? this.parseGrouping() ?? { without: false, labels: [], to };
      const position = { from: name.from, to: Math.max(to, grouping.to) };
      const count = WITH_PARAMETER.has(operator) ? 2 : 1;
      if (args.length === 0) throw this.stream.error(position, 'no arguments for aggregate expression provided');
      if (args.length !== count) throw this.stream.error(position, `wrong number of arguments for aggregate expression provided, expected ${count}, got ${args.length}`);
      return { type: 'aggregate', operator, expr: args[count - 1]!, param: count === 2 ? args[0]! : null, without: grouping.without, labels: grouping.labels, position };
    });
  }

  /** Null when there is none. */
  private parseGrouping(): { readonly without: boolean; readonly labels: readonly string[]; readonly to: number } | null {
    const keyword = this.stream.accept('by', 'without');
    return keyword && { without: keyword.kind === 'without', ...parseGroupingLabels(this.stream) };
  }
}

const startsExpression = (token: Token): boolean => isMetricName(token) || ['number', 'duration', 'string', '(', '{', '+', '-'].includes(token.kind);

function ofOperator(operator: BinaryOperator, matching: Matching): Matching {
  const isSet = (SET_OPERATORS as readonly string[]).includes(operator);
  return isSet && matching.cardinality === 'one-to-one' ? { ...matching, cardinality: 'many-to-many' } : matching;
}
