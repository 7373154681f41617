export type { At, Duration, Expr, Position, Subquery, ValueType, VectorSelector } from './ast.js';
export { durationMs } from './duration.js';
export { evaluate } from './engine/evaluate.js';
export type { EngineOptions, EvaluationGrid } from './engine-options.js';
export { parseQuery } from './parser/parse-query.js';
export { printExpr } from './printer.js';
export { QueryError } from './query-error.js';
export type { QueryErrorType } from './query-error.js';
export type { InstantSample, Point, QueryResult, QueryValue, RangeSeries } from './value.js';
