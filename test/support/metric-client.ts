import type { CreatedTokenView } from '#contracts';
import type { ApiClient } from './api-client.js';
import { REMOTE_WRITE_HEADERS, remoteWriteBody, type WrittenSeries } from './remote-write-body.js';

export interface WriteAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** An answer of Prometheus' HTTP API. */
export interface PrometheusAnswer<Data> {
  readonly status: 'success' | 'error';
  readonly data: Data;
  readonly errorType?: string;
  readonly error?: string;
}

export interface MatrixData {
  readonly resultType: 'matrix';
  readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly values: readonly (readonly [sec: number, value: string])[] }[];
}

/** Writes and asks as other tools do: with an API token. */
export class MetricClient {
  private constructor(
    readonly origin: string,
    readonly token: string,
  ) {}

  /** `readScope`: of the series that the token may read, as matchers in braces. */
  static async create(api: ApiClient, { readScope = '' }: { readonly readScope?: string } = {}): Promise<MetricClient> {
    const { token } = await api.need<CreatedTokenView>('POST', '/api/tokens', { name: 'metrics', role: 'operator', expiresInDays: 1, readScope });
    return new MetricClient(api.origin, token);
  }

  /** The same token at another start of the server. */
  at(origin: string): MetricClient {
    return new MetricClient(origin, this.token);
  }

  write(version: 1 | 2, series: readonly WrittenSeries[]): Promise<WriteAnswer> {
    return this.writeBody(version, remoteWriteBody(version, series));
  }

  async writeBody(version: 1 | 2, body: Uint8Array): Promise<WriteAnswer> {
    const response = await fetch(`${this.origin}/prometheus/api/v1/write`, { method: 'POST', headers: { ...REMOTE_WRITE_HEADERS[version], authorization: `Bearer ${this.token}` }, body: Buffer.from(body) });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  async ask<Data>(path: string, parameters: Readonly<Record<string, string>>): Promise<PrometheusAnswer<Data>> {
    const response = await fetch(`${this.origin}/prometheus/api/v1/${path}?${new URLSearchParams(parameters)}`, { headers: { authorization: `Bearer ${this.token}` } });
    return (await response.json()) as PrometheusAnswer<Data>;
  }

  /** Raw samples of all series that match, by their labels as JSON: what was written, and nothing made of it. */
  async raw(selector: string, span: { readonly fromMs: number; readonly toMs: number }): Promise<Map<string, readonly (readonly [timeMs: number, value: string])[]>> {
    const lengthMs = span.toMs - span.fromMs + 1;
    const answer = await this.ask<MatrixData>('query', { query: `${selector}[${lengthMs}ms]`, time: String(span.toMs / 1_000) });
    if (answer.status !== 'success') throw new Error(`${selector} answered ${JSON.stringify(answer)}`);
    return new Map(answer.data.result.map(({ metric, values }) => [JSON.stringify(metric), values.map(([sec, value]) => [Math.round(sec * 1_000), value] as const)]));
  }
}
