import type { Histogram, Labels } from '#metrics';

export interface Point {
  readonly timeMs: number;
  readonly value: number | Histogram;
}
export interface InstantSample {
  readonly labels: Labels;
  readonly point: Point;
}
export interface RangeSeries {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

/** What a query gives. A range query always gives a matrix, sorted by labels. */
export type QueryValue =
  | { readonly type: 'scalar'; readonly timeMs: number; readonly value: number }
  | { readonly type: 'string'; readonly timeMs: number; readonly value: string }
  | { readonly type: 'vector'; readonly samples: readonly InstantSample[] }
  | { readonly type: 'matrix'; readonly series: readonly RangeSeries[] };

/** `warnings` say that the result may be wrong, `infos` that the query may be; each with its place in the query, as Prometheus words them. */
export interface QueryResult {
  readonly value: QueryValue;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}
