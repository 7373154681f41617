import type { ComparisonView, createFaultSchema, ErrorBody, FaultView, FaultsNowView, HaltResult, Topology } from '#contracts';
import type { z } from 'zod';

/** A request as somebody writes it: what has a default may be left out. */
export type FaultRequest = z.input<typeof createFaultSchema>;

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Faultline's HTTP API as a signed-in person uses it: cookie and Origin on every call. */
export class ApiClient {
  private constructor(
    readonly origin: string,
    readonly cookie: string,
  ) {}

  /** Uses up a one-time link `<origin>/#sign-in=<secret>`. */
  static async signIn(signInUrl: string): Promise<ApiClient> {
    const { origin, hash } = new URL(signInUrl);
    const response = await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ secret: hash.replace('#sign-in=', '') }),
    });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    return new ApiClient(origin, cookie);
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const headers: Record<string, string> = { cookie: this.cookie, origin: this.origin };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(`${this.origin}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T };
  }

  /** The body of a success; anything else fails with the server's own message. */
  async need<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T | ErrorBody>(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  createFault = (fault: FaultRequest): Promise<FaultView> => this.need('POST', '/api/faults', fault);
  fault = (id: string): Promise<FaultView> => this.need('GET', `/api/faults/${id}`);
  faultsNow = (): Promise<FaultsNowView> => this.need('GET', '/api/faults/now');
  revert = (id: string): Promise<FaultView> => this.need('POST', `/api/faults/${id}/revert`);
  comparison = (id: string): Promise<ComparisonView> => this.need('GET', `/api/faults/${id}/comparison`);
  halt = (reason: string): Promise<HaltResult> => this.need('POST', '/api/halt', { reason });
  resume = (reason: string): Promise<unknown> => this.need('POST', '/api/halt/resume', { reason });
  topology = (): Promise<Topology> => this.need('GET', '/api/topology');
}
