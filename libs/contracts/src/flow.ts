import { z } from 'zod';

/**
 * How a request ended, seen from the caller:
 * `ok` status below 400 or, on a tcp edge, an answered exchange; `clientError` 4xx; `serverError` 5xx;
 * `noResponse` refused, reset, timed out, or given up by the caller before the answer was complete.
 */
export const OUTCOMES = ['ok', 'clientError', 'serverError', 'noResponse'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const FAILURE_OUTCOMES: readonly Outcome[] = ['serverError', 'noResponse'];

const countSchema = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
export const outcomesSchema = z.strictObject({ ok: countSchema, clientError: countSchema, serverError: countSchema, noResponse: countSchema });
export type OutcomeCounts = z.infer<typeof outcomesSchema>;

/** Buckets of a latency sketch for each factor of two are 2 to the power of this: the `schema` of a native histogram that has the same buckets. */
export const LATENCY_SCHEMA = 4;

/**
 * A mergeable latency histogram: bucket `i` counts values in (g^(i-1), g^i] seconds with g = 2^(1/16), so any quantile is within 2.2 % of the true
 * value (DDSketch, VLDB 2019, section 2). The buckets are those of Prometheus' native histograms. Parallel arrays, indices strictly ascending.
 */
export const latencySketchSchema = z
  .strictObject({
    indices: z.array(z.number().int().min(-1_000).max(1_000)).max(1_024),
    counts: z.array(countSchema.min(1)).max(1_024),
    sumMs: z.number().nonnegative(),
  })
  .refine((s) => s.indices.length === s.counts.length, 'indices and counts must have the same length')
  .refine((s) => s.indices.every((v, i) => i === 0 || v > s.indices[i - 1]!), 'indices must ascend');
export type LatencySketchData = z.infer<typeof latencySketchSchema>;

const edgeCountsShape = {
  outcomes: outcomesSchema,
  /** Requests on which an active fault acted. */
  faulted: countSchema,
  bytesSent: countSchema,
  bytesReceived: countSchema,
  connectionsOpened: countSchema,
};
const edgeCountsSchema = z.strictObject(edgeCountsShape);
export type EdgeCounts = z.infer<typeof edgeCountsSchema>;

/**
 * What one proxy saw in one second, and in `totals` since the agent's process began: the picture adds seconds up, the record keeps totals, which lose
 * nothing when a report is lost. `edge` is the index of the proxy in the agent's hello.
 */
export const edgeSecondSchema = z.strictObject({
  edge: z.number().int().nonnegative(),
  ...edgeCountsShape,
  latency: latencySketchSchema,
  connectionsActive: countSchema,
  totals: edgeCountsSchema,
});
export type EdgeSecond = z.infer<typeof edgeSecondSchema>;

/** An edge without anything to say is left out of reports, but not of those whose second is a multiple of this: somebody looks, and nothing came. */
export const QUIET_EDGE_EVERY_SEC = 15;

/** The edges of one agent for one second (unix seconds, UTC). `seq` counts up by one within a boot of the agent. */
export const flowReportSchema = z.strictObject({
  seq: z.number().int().nonnegative(),
  sec: z.number().int().positive(),
  edges: z.array(edgeSecondSchema).max(50_000),
  /** Reports the agent had to drop since the last one it sent, because its buffer was full while the server was away. */
  droppedReports: countSchema,
});
export type FlowReport = z.infer<typeof flowReportSchema>;
