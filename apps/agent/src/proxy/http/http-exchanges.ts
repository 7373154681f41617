import { performance } from 'node:perf_hooks';
import type { Outcome } from '#contracts';
import type { RequestFacts } from '#faults';
import type { EdgeMeter } from '../../sensors/edge-meter.js';

/** One request and what is owed for it. */
export interface HttpExchange {
  /** Arrival of the request's first byte, on the monotonic clock. */
  readonly startedMs: number;
  readonly isHead: boolean;
  readonly isConnect: boolean;
  /** The caller goes on with the connection behind the answer. */
  readonly persistent: boolean;
  /** What rules on responses are told of the request; null when no rule acted as it was read, and then none is asked about its response. */
  facts: RequestFacts | null;
  /** Faults on the request that are to be named in the response. */
  announced: readonly string[];
  faulted: boolean;
  /** An answer in place of the upstream's, which does not come; null while the upstream is to answer. */
  answer: OwnAnswer | null;
  /** Already in the numbers: it was answered in another way than by the end of a response, or its caller gave up and what comes reaches nobody. */
  counted: boolean;
}

/** An answer of the proxy's own. */
export interface OwnAnswer {
  readonly bytes: Buffer;
  readonly status: number;
  /** False until the request's body is read: only then may the connection go on. */
  ready: boolean;
  readonly closes: boolean;
}

/** The requests of one connection that are not answered yet, oldest first: HTTP/1.1 answers in the order of the requests. */
export class HttpExchanges {
  private readonly pending: HttpExchange[] = [];

  constructor(private readonly meter: EdgeMeter) {}

  get first(): HttpExchange | undefined {
    return this.pending[0];
  }
  get last(): HttpExchange | undefined {
    return this.pending.at(-1);
  }
  get length(): number {
    return this.pending.length;
  }
  /** True when an answer of the proxy's own waits for its turn. */
  get oweAnswers(): boolean {
    return this.pending.some((exchange) => exchange.answer !== null);
  }

  add(exchange: HttpExchange): void {
    this.pending.push(exchange);
  }

  /** The oldest request got its whole answer. */
  finishFirst(status: number): void {
    const exchange = this.pending.shift();
    if (exchange !== undefined) this.count(exchange, outcomeOf(status));
  }

  /** The oldest request got another answer than the upstream's, whose end is still to be found. */
  answerFirst(status: number): void {
    if (this.first !== undefined) this.count(this.first, outcomeOf(status));
  }

  /** The caller is gone: nothing that is pending will count as answered, but answers still have to be told apart. */
  callerGaveUp(): void {
    for (const exchange of this.pending) this.count(exchange, 'noResponse');
  }

  /** Nothing more will come. */
  abandon(byFault: boolean): void {
    for (const exchange of this.pending) {
      exchange.faulted ||= byFault;
      this.count(exchange, 'noResponse');
    }
    this.pending.length = 0;
  }

  /** The bytes can no longer be told apart: what is pending counts as answered by whatever comes. */
  finishUnread(): void {
    while (this.pending.length > 0) this.finishFirst(200);
  }

  private count(exchange: HttpExchange, outcome: Outcome): void {
    if (exchange.counted) return;
    exchange.counted = true;
    this.meter.count(outcome, performance.now() - exchange.startedMs, exchange.faulted);
  }
}

function outcomeOf(status: number): Outcome {
  if (status < 400) return 'ok';
  return status < 500 ? 'clientError' : 'serverError';
}
