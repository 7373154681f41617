import { Agent } from 'node:http';
import type { Random } from '../chance/random.js';
import type { ProcessMetrics } from '../process/process-metrics.js';
import type { TraceContext } from '../trace/traceparent.js';
import { childSpan, formatTraceparent } from '../trace/traceparent.js';
import { randomHex } from '../trace/random-hex.js';
import type { CallPolicy } from './call-policy.js';
import { exchange } from './exchange.js';
import type { ExchangeResult } from './exchange.js';
import { parseJson } from './json.js';
import { RetryBudget } from './retry-budget.js';

export interface CallTarget {
  readonly name: string;
  /** `host:port` of the proxied edge to it. */
  readonly address: string;
  readonly policy: CallPolicy;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly trace: TraceContext;
  readonly body?: unknown;
  /** Instead of the policy's, for a call that is worth less waiting than the others. */
  readonly timeoutMs?: number;
}

export type CallResult = { readonly kind: 'answered'; readonly status: number; readonly body: unknown } | Extract<ExchangeResult, { kind: 'failed' }>;

// Shorter than the servers' 75 s, so that it is always the caller who lets an idle connection go and never meets a closing one.
const IDLE_SOCKET_MS = 20_000;

/** A service that this one calls over HTTP, treated by its policy. */
export class Dependency {
  readonly #agent = new Agent({ keepAlive: true, timeout: IDLE_SOCKET_MS });
  readonly #host: string;
  readonly #port: number;
  readonly #budget: RetryBudget | null;

  constructor(
    private readonly target: CallTarget,
    private readonly metrics: ProcessMetrics,
    private readonly random: Random,
  ) {
    const colon = target.address.lastIndexOf(':');
    this.#host = target.address.slice(0, colon);
    this.#port = Number(target.address.slice(colon + 1));
    const { retry } = target.policy;
    this.#budget = retry.kind === 'budgeted' ? new RetryBudget(retry.budget) : null;
  }

  async call(call: Call): Promise<CallResult> {
    this.#budget?.onFirstAttempt();
    let result = await this.#attempt(call);
    for (let retry = 1; isWorthRetrying(call, result) && (await this.#mayRetry(retry)); retry++) {
      this.metrics.callRetried(this.target.name);
      result = await this.#attempt(call);
    }
    return result.kind === 'answered' ? { kind: 'answered', status: result.status, body: parseJson(result.text) } : result;
  }

  async #attempt({ method, path, trace, body, timeoutMs }: Call): Promise<ExchangeResult> {
    const result = await exchange({
      agent: this.#agent,
      host: this.#host,
      port: this.#port,
      method,
      path,
      headers: { traceparent: formatTraceparent(childSpan(trace, randomHex)) },
      body: body === undefined ? null : JSON.stringify(body),
      timeoutMs: timeoutMs ?? this.target.policy.timeoutMs,
    });
    this.metrics.callEnded(this.target.name, result.kind === 'answered' ? `${Math.floor(result.status / 100)}xx` : result.reason);
    return result;
  }

  async #mayRetry(retry: number): Promise<boolean> {
    const policy = this.target.policy.retry;
    switch (policy.kind) {
      case 'never':
        return false;
      case 'immediate':
        return retry <= policy.retries;
      case 'budgeted':
        if (retry > 1 || this.#budget?.trySpend() !== true) return false;
        await new Promise((resolve) => setTimeout(resolve, this.random() * policy.maxWaitMs));
        return true;
      default:
        return policy satisfies never;
    }
  }
}

function isWorthRetrying(call: Call, result: ExchangeResult): boolean {
  return call.method === 'GET' && (result.kind === 'failed' || result.status >= 500);
}
