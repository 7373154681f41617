/** Bounds of one query. Times are milliseconds since 1970. */
export interface EngineOptions {
  /** How far back an instant selector looks for the last sample. Prometheus' default is 5 min. */
  readonly lookbackMs: number;
  /** The step of a subquery that names none. Prometheus takes its evaluation interval, 1 min by default. */
  readonly defaultSubqueryStepMs: number;
  /** Most samples held at one time; more is an `execution` error. A histogram counts as many as Prometheus counts it. */
  readonly maxSamples: number;
  /** Ends the query: as `canceled`, or as `timeout` when the reason is a DOMException named TimeoutError. */
  readonly signal: AbortSignal;
}

/** The moments at which a query is evaluated; an instant query has `startMs` = `endMs`. */
export interface EvaluationGrid {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}
