import type { Stream } from '#contracts';
import type { StreamStage } from './stream-stage.js';

/** What is known of a connection when it is made. */
export interface ConnectionFacts {
  /** Counts the connections of the edge since the fault began, from 0; those that were open come first. Same seed and index, same draws. */
  readonly index: number;
  /** IPv4 or IPv6 text, without a zone; IPv4 mapped into IPv6 is given as IPv4. */
  readonly sourceAddress: string;
  /** False for connections that were open when the fault began. */
  readonly isNew: boolean;
}

/** Header names are lower case; a name that came several times has its values in order. Values are Latin-1 text, trimmed. */
export type HeaderMap = ReadonlyMap<string, readonly string[]>;

export interface RequestFacts {
  readonly method: string;
  /** As sent, query included. */
  readonly target: string;
  /** Normalised (RFC 3986 section 6.2.2): no query, no authority, unreserved characters decoded, dot segments and doubled slashes removed. What matchers see. */
  readonly path: string;
  readonly headers: HeaderMap;
}
export interface ResponseFacts {
  readonly status: number;
  readonly headers: HeaderMap;
}

/** What happens to a connection that a caller opens. `refuse` resets it before a byte of it is read. */
export type ConnectVerdict = { readonly type: 'accept' } | { readonly type: 'refuse' } | { readonly type: 'delay'; readonly delayMs: number };

/** What happens to one exchange. `hang` stays silent, then closes the connection; `closeAfterMs: null` stays silent until the fault ends. */
export type ExchangeVerdict =
  | { readonly type: 'pass' }
  | { readonly type: 'delay'; readonly delayMs: number }
  | { readonly type: 'hang'; readonly closeAfterMs: number | null };

/** Applied in order: all of `remove`, then each of `set`, which replaces every value of its name. */
export interface HeaderEdit {
  readonly remove: readonly string[];
  readonly set: readonly { readonly name: string; readonly value: string }[];
}

/** What happens to the body of a message that passes; offsets count the body's own bytes, not its chunked framing. */
export type BodyFault =
  | { readonly type: 'truncate'; readonly afterBytes: number; readonly end: 'close' | 'reset' }
  /** Changes bytes in place. Told each piece in order with the offset of its first byte. */
  | { readonly type: 'corrupt'; readonly change: (bytes: Uint8Array, offset: number) => void }
  | { readonly type: 'throttle'; readonly bytesPerSec: number };

interface Rewrite {
  readonly type: 'rewrite';
  readonly headers?: HeaderEdit;
  readonly body?: BodyFault;
}
interface Respond {
  readonly type: 'respond';
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What happens to one HTTP request. `respond` answers in place of the upstream, which never sees the request. */
export type RequestVerdict = ExchangeVerdict | Respond | Rewrite;

/** What happens to one HTTP response (never 1xx). `respond` gives another answer in its place; `hang` drops it and stays silent. */
export type ResponseVerdict = ExchangeVerdict | Respond | Rewrite;

/** A fault on one connection: a set of optional capabilities, asked by the proxy at the moment each names. What it lacks costs the traffic nothing. */
export interface ConnectionRule {
  /** Asked before anything of a new connection is read or dialled. */
  onConnect?(): ConnectVerdict;
  /** Asked once a request, when its head is complete and before any byte of it has left for the upstream. HTTP edges only. */
  onRequest?(request: RequestFacts): RequestVerdict;
  /** Asked once a final response, when its head is complete and before any byte of it has left for the caller. `request` is the object that `onRequest` was given. HTTP edges only. */
  onResponse?(request: RequestFacts, response: ResponseFacts): ResponseVerdict;
  /** Asked once an exchange on a tcp edge: the first bytes of the caller after bytes of the upstream, or after the connection was made. */
  onExchange?(): ExchangeVerdict;
  /**
   * A stage for the stream, on every kind of edge; asked once a stream when the connection is made or the fault begins. `previous` is the stage
   * that it takes the place of when a toxic is updated: what it counted goes on.
   */
  stage?(stream: Stream, previous?: StreamStage): StreamStage | null;
  /** The target forgets the connection after this long: its end of it is dropped, the caller's stays and its bytes vanish. Null: never. */
  readonly forgetAfterMs?: number | null;
}

/** A fault ready to act on one edge. */
export interface EdgeRule {
  /** What becomes of connections that are open when the fault begins: kept when absent. */
  readonly openConnections?: 'reset';
  /** `closed`: the port is not listened on while the fault acts, so the kernel refuses. */
  readonly listener?: 'closed';
  /** Whether responses that this fault touched name it in a header. */
  readonly announce: boolean;
  /** Null: this connection is not hit. Asked once for each connection. */
  forConnection(connection: ConnectionFacts): ConnectionRule | null;
}

export const PASS = { type: 'pass' } as const;
