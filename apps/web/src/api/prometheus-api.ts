import { AppError } from '#contracts';
import { toAppError } from './request.js';

/** Below it stand Prometheus' own paths, `/api/v1/...`. */
export const PROMETHEUS_PATH = '/prometheus';
const API = `${PROMETHEUS_PATH}/api/v1`;

/** A refusal in the words of Prometheus' API ("Format overview" in its docs). `type` is its `errorType`: `bad_data`, `execution`, `timeout`, ... */
export class PrometheusError extends Error {
  override readonly name = 'PrometheusError';
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** What was asked for, and what the server remarks on it. */
export interface PrometheusAnswer<T> {
  readonly data: T;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

export type LabelSet = Readonly<Record<string, string>>;
/** Seconds since 1970, and the value as text: `NaN` and `+Inf` are no JSON numbers. */
export type SamplePair = readonly [number, string];
/** Rule of the bounds (0: upper inclusive, 1: lower, 2: neither, 3: both), lower bound, upper bound, count. */
export type HistogramBucket = readonly [number, string, string, string];
export interface NativeHistogram {
  readonly count: string;
  readonly sum: string;
  readonly buckets?: readonly HistogramBucket[];
}
export type HistogramPair = readonly [number, NativeHistogram];

export interface InstantSeries {
  readonly metric: LabelSet;
  readonly value?: SamplePair;
  readonly histogram?: HistogramPair;
}
export interface RangeSeries {
  readonly metric: LabelSet;
  readonly values?: readonly SamplePair[];
  readonly histograms?: readonly HistogramPair[];
}
export type QueryData =
  | { readonly resultType: 'matrix'; readonly result: readonly RangeSeries[] }
  | { readonly resultType: 'vector'; readonly result: readonly InstantSeries[] }
  | { readonly resultType: 'scalar' | 'string'; readonly result: SamplePair };

export interface MetricMetadata {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

/** Times are RFC 3339; Go's zero time (year 1) stands for never. The two optional fields are Faultline's own. */
export interface ActiveTarget {
  readonly discoveredLabels: LabelSet;
  readonly labels: LabelSet;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly lastError: string;
  readonly lastErrorSince?: string | null;
  readonly lastScrape: string;
  readonly lastScrapeDuration: number;
  readonly samplesLastScrape?: number | null;
  readonly health: 'up' | 'down' | 'unknown';
  readonly scrapeInterval?: string;
  readonly scrapeTimeout?: string;
}
export interface TargetsData {
  readonly activeTargets: readonly ActiveTarget[];
  readonly droppedTargets: readonly { readonly discoveredLabels: LabelSet; readonly scrapePool?: string }[];
  /** By pool; more than are listed when there are very many. */
  readonly droppedTargetCounts?: Readonly<Record<string, number>>;
}

export interface NamedCount {
  readonly name: string;
  readonly value: number;
}
/** Times are milliseconds since 1970. */
export interface CardinalityData {
  readonly headStats: { readonly numSeries: number; readonly numLabelPairs?: number; readonly chunkCount?: number; readonly minTime: number; readonly maxTime: number };
  readonly seriesCountByMetricName: readonly NamedCount[];
  readonly labelValueCountByLabelName: readonly NamedCount[];
  readonly memoryInBytesByLabelName: readonly NamedCount[];
  readonly seriesCountByLabelValuePair: readonly NamedCount[];
}

export interface RangeQuestion {
  readonly query: string;
  readonly startSec: number;
  readonly endSec: number;
  readonly stepSec: number;
  readonly limit: number;
}

export function queryInstant(query: string, timeSec: number, signal: AbortSignal): Promise<PrometheusAnswer<QueryData>> {
  return ask('/query', { signal, form: { query, time: String(timeSec) } });
}

/** `limit`: how many series are sent at most; a server that cut says so in a warning. */
export function queryRange({ query, startSec, endSec, stepSec, limit }: RangeQuestion, signal: AbortSignal): Promise<PrometheusAnswer<QueryData>> {
  return ask('/query_range', { signal, form: { query, start: String(startSec), end: String(endSec), step: String(stepSec), limit: String(limit) } });
}

export async function listMetricNames(signal: AbortSignal): Promise<readonly string[]> {
  return (await ask<readonly string[]>('/label/__name__/values', { signal })).data;
}

/** What is known about each metric family; several entries where targets disagree. */
export async function readMetadata(signal: AbortSignal): Promise<Readonly<Record<string, readonly MetricMetadata[]>>> {
  return (await ask<Readonly<Record<string, readonly MetricMetadata[]>>>('/metadata', { signal })).data;
}

export async function readTargets(signal: AbortSignal): Promise<TargetsData> {
  return (await ask<TargetsData>('/targets', { signal })).data;
}

export async function readCardinality(limit: number, signal: AbortSignal): Promise<CardinalityData> {
  return (await ask<CardinalityData>(`/status/tsdb?limit=${limit}`, { signal })).data;
}

interface AskOptions {
  readonly signal: AbortSignal;
  /** Sent by POST: a query may be longer than an address can be. */
  readonly form?: Readonly<Record<string, string>>;
}

/** Throws PrometheusError for what the API refused, AppError when the session is over or the server does not answer, and the abort as it is. */
async function ask<T>(path: string, { signal, form }: AskOptions): Promise<PrometheusAnswer<T>> {
  try {
    const response = await fetch(`${API}${path}`, { credentials: 'same-origin', signal, ...(form && { method: 'POST', body: new URLSearchParams(form) }) });
    return readEnvelope<T>(response.status, await response.text());
  } catch (cause) {
    if (signal.aborted || cause instanceof AppError || cause instanceof PrometheusError) throw cause;
    throw new AppError('SERVER_UNREACHABLE', { reason: 'no connection' }, { cause });
  }
}

interface Envelope {
  readonly status?: unknown;
  readonly data?: unknown;
  readonly errorType?: unknown;
  readonly error?: unknown;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

const SESSION_OVER = 401;

function readEnvelope<T>(status: number, text: string): PrometheusAnswer<T> {
  const body = parse(text, status);
  if (status === SESSION_OVER) throw new AppError('SIGN_IN_REQUIRED');
  if (body.status === 'error' && typeof body.error === 'string') throw new PrometheusError(String(body.errorType), body.error);
  if (body.status !== 'success') throw toAppError(status, body);
  return { data: body.data as T, warnings: body.warnings ?? [], infos: body.infos ?? [] };
}

function parse(text: string, status: number): Envelope {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch (cause) {
    throw new AppError('SERVER_UNREACHABLE', { reason: `status ${status} without JSON` }, { cause });
  }
}
