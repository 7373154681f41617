import type { MatrixData, PrometheusAnswer } from '../../support/metric-client.js';

export type Parameters = Readonly<Record<string, string>>;
export type RangeSeries = MatrixData['result'][number];
export type LabelSet = RangeSeries['metric'];

/** Anything that answers Prometheus' HTTP API. */
export interface MetricApi {
  ask<Data>(path: string, parameters: Parameters): Promise<PrometheusAnswer<Data>>;
}

export interface VectorData {
  readonly resultType: 'vector';
  readonly result: readonly { readonly metric: LabelSet; readonly value: readonly [sec: number, value: string] }[];
}

/** The real one asks for no token. */
export function openApi(origin: string): MetricApi {
  return {
    ask: async <Data>(path: string, parameters: Parameters) => (await (await fetch(`${origin}/api/v1/${path}?${new URLSearchParams(parameters)}`)).json()) as PrometheusAnswer<Data>,
  };
}

/** Throws with the server's words when it refuses. */
export async function need<Data>(api: MetricApi, path: string, parameters: Parameters): Promise<Data> {
  const answer = await api.ask<Data>(path, parameters);
  if (answer.status !== 'success') throw new Error(`${path} ${JSON.stringify(parameters)} was refused: ${answer.errorType}: ${answer.error}`);
  return answer.data;
}

/** Of an instant query, whose time is now if it is not given. */
export async function vectorOf(api: MetricApi, query: string, timeMs?: number): Promise<VectorData['result']> {
  return (await need<VectorData>(api, 'query', { query, ...(timeMs === undefined ? {} : { time: String(timeMs / 1_000) }) })).result;
}

/** Raw samples within `lengthMs` before and at `timeMs`. */
export async function rawSeries(api: MetricApi, selector: string, timeMs: number, lengthMs: number): Promise<MatrixData['result']> {
  return (await need<MatrixData>(api, 'query', { query: `${selector}[${lengthMs}ms]`, time: String(timeMs / 1_000) })).result;
}

/** The same text for the same labels. */
export function keyOf(labels: LabelSet): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}
