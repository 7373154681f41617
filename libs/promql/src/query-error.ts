import type { Position } from './ast.js';

/** Prometheus' `errorType`s that a query can end in. */
export type QueryErrorType = 'bad_data' | 'execution' | 'canceled' | 'timeout';

/** A query that cannot be parsed, does not type-check, or fails while it is evaluated; the message is Prometheus' own. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  constructor(
    readonly type: QueryErrorType,
    message: string,
    /** Where in the query; null when that is not one place. */
    readonly position: Position | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
