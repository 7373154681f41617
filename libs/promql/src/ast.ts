import type { Matcher } from '#metrics';

/** Where something stands in the query: offsets of characters, `to` exclusive. */
export interface Position {
  readonly from: number;
  readonly to: number;
}

/** The four kinds of value an expression can have. A `matrix` is a range vector. */
export type ValueType = 'scalar' | 'string' | 'vector' | 'matrix';

export const ARITHMETIC_OPERATORS = ['+', '-', '*', '/', '%', '^', 'atan2'] as const;
export const COMPARISON_OPERATORS = ['==', '!=', '>', '<', '>=', '<='] as const;
export const SET_OPERATORS = ['and', 'or', 'unless'] as const;
/** `</` and `>/` cut a native histogram below or above a value. */
export const TRIM_OPERATORS = ['</', '>/'] as const;
export type BinaryOperator = (typeof ARITHMETIC_OPERATORS)[number] | (typeof COMPARISON_OPERATORS)[number] | (typeof SET_OPERATORS)[number] | (typeof TRIM_OPERATORS)[number];

export const AGGREGATE_OPERATORS = ['sum', 'min', 'max', 'avg', 'group', 'stddev', 'stdvar', 'count', 'count_values', 'bottomk', 'topk', 'quantile', 'limitk', 'limit_ratio'] as const;
export type AggregateOperator = (typeof AGGREGATE_OPERATORS)[number];

/** A length of time in a query. All but the literal need the step and range of the evaluation to be known in seconds. */
export type Duration =
  /** `withUnits`: written as 1h30m, not as a number of seconds; only the printer asks. */
  | { readonly type: 'literal'; readonly seconds: number; readonly withUnits?: boolean; readonly position: Position }
  | { readonly type: 'step' | 'range'; readonly position: Position }
  | { readonly type: 'negate' | 'paren'; readonly operand: Duration; readonly position: Position }
  | { readonly type: '+' | '-' | '*' | '/' | '%' | '^' | 'min' | 'max'; readonly left: Duration; readonly right: Duration; readonly position: Position };

/** The moment an `@` pins a selector or subquery to. */
export type At = { readonly type: 'time'; readonly timeMs: number } | { readonly type: 'start' } | { readonly type: 'end' };

/** `anchored` and `smoothed` make a range vector reach to the samples at or beyond its bounds. */
export type Extension = 'none' | 'anchored' | 'smoothed';

interface Node {
  readonly position: Position;
}
/** What may stand behind a selector or subquery. A positive offset looks back. */
interface Shifted {
  readonly offset: Duration | null;
  readonly at: At | null;
}

export interface NumberLiteral extends Node {
  readonly type: 'number';
  readonly value: number;
  /** Written as a duration, such as 5m; only the printer asks. */
  readonly withUnits?: boolean;
}
export interface StringLiteral extends Node {
  readonly type: 'string';
  readonly value: string;
}
export interface VectorSelector extends Node, Shifted {
  readonly type: 'vector-selector';
  /** The name before the braces; also one of the matchers. */
  readonly name: string | null;
  readonly matchers: readonly Matcher[];
  /** On an instant vector only `smoothed` and `none`; within a matrix selector all. */
  readonly extension: Extension;
}
/** The offset, the `@` and the extension are those of `vector`, wherever they were written. */
export interface MatrixSelector extends Node {
  readonly type: 'matrix-selector';
  readonly vector: VectorSelector;
  readonly range: Duration;
}
export interface Subquery extends Node, Shifted {
  readonly type: 'subquery';
  readonly expr: Expr;
  readonly range: Duration;
  /** Null: the engine's default. */
  readonly step: Duration | null;
}
export interface Paren extends Node {
  readonly type: 'paren';
  readonly expr: Expr;
}
export interface Unary extends Node {
  readonly type: 'unary';
  readonly operator: '+' | '-';
  readonly expr: Expr;
}
export interface Call extends Node {
  readonly type: 'call';
  /** One of the signature table. */
  readonly function: string;
  readonly args: readonly Expr[];
}
export interface Aggregate extends Node {
  readonly type: 'aggregate';
  readonly operator: AggregateOperator;
  readonly expr: Expr;
  readonly param: Expr | null;
  readonly without: boolean;
  readonly labels: readonly string[];
}

/** How the two sides of a binary operation between vectors find each other. */
export interface Matching {
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  /** True: match on `labels` alone; false: on all but `labels`. */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** Labels that the result takes from the "one" side. */
  readonly include: readonly string[];
  /** Stands in for a side that is missing. */
  readonly fill: { readonly left: number | null; readonly right: number | null };
}
export interface Binary extends Node {
  readonly type: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly returnBool: boolean;
  /** Null unless both sides are vectors. */
  readonly matching: Matching | null;
}

export type Expr = NumberLiteral | StringLiteral | VectorSelector | MatrixSelector | Subquery | Paren | Unary | Call | Aggregate | Binary;
