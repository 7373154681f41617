import type { FaultKind, FaultParams, Protocol } from '#contracts';
import type { Random } from './random.js';

/** What happens to a connection that a caller opens: served as usual, or reset before a byte of it is read. */
export type ConnectVerdict = { readonly type: 'accept' } | { readonly type: 'refuse' };

/** What happens to one exchange. `hang` stays silent, then closes the connection; `closeAfterMs: null` stays silent until the fault ends. */
export type ExchangeVerdict =
  | { readonly type: 'pass' }
  | { readonly type: 'delay'; readonly delayMs: number }
  | { readonly type: 'hang'; readonly closeAfterMs: number | null };

/** What happens to one HTTP request. `respond` answers in place of the upstream, which never sees the request. */
export type RequestVerdict = ExchangeVerdict | { readonly type: 'respond'; readonly status: number; readonly body: string };

/**
 * A fault ready to act on one edge: a set of optional capabilities, asked by the proxy at the moment each names. A capability that a rule lacks
 * costs the traffic nothing.
 *
 *     caller connects     caller's request (http)     caller's exchange (tcp)
 *        onConnect              onRequest                   onExchange
 */
export interface EdgeRule {
  /** What becomes of connections that are open when the fault begins: left alone when absent. */
  readonly openConnections?: 'reset';
  onConnect?(): ConnectVerdict;
  /** Asked once a request, when its head is complete and before any byte of it has left for the upstream. */
  onRequest?(): RequestVerdict;
  /** Asked once an exchange: the first bytes of the caller after bytes of the upstream, or after the connection was made. */
  onExchange?(): ExchangeVerdict;
}

/** Everything that is known about a fault kind. Parameters have passed the schema of the contracts before they come here. */
export interface FaultDefinition<K extends FaultKind> {
  readonly kind: K;
  readonly title: string;
  /** What of the real world this stands for, in one sentence. */
  readonly imitates: string;
  /** Where it differs from the real thing, so that nobody concludes too much. */
  readonly doesNotImitate: string;
  readonly protocols: readonly Protocol[];
  /** One line for people, such as `+400 ms ±50 ms, 20 % of requests`. */
  summarize(params: FaultParams<K>): string;
  compile(params: FaultParams<K>, random: Random): EdgeRule;
}

export const PASS = { type: 'pass' } as const;
