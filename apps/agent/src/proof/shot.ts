import type { Protocol } from '#contracts';
import { PROBE_BYTES } from '#faults';

/** What a probe sends and gets, and how long it looks. */
export interface Shot {
  readonly requestBytes: number;
  readonly replyBytes: number;
  /** More lines of the request's and the reply's head, on http edges. */
  readonly requestHeaders: readonly string[];
  readonly replyHeaders: readonly string[];
  /** The caller says nothing before this. */
  readonly sendAfterMs: number;
  /** The caller ends its stream when it has its answer, and looks for the end of the other. */
  readonly thenEnds: boolean;
  /** What the caller looks for, or the end of its connection, whichever is first. */
  readonly until: 'answered' | 'ended';
  readonly waitMs: number;
}

/** Longer waits would keep many faults unproven for long; what takes longer is proven by nothing having come before this. */
export const LONGEST_WAIT_MS = 2_000;

export const PLAIN_SHOT: Shot = {
  requestBytes: PROBE_BYTES,
  replyBytes: PROBE_BYTES,
  requestHeaders: [],
  replyHeaders: [],
  sendAfterMs: 0,
  thenEnds: false,
  until: 'answered',
  waitMs: LONGEST_WAIT_MS,
};

// Neither all alike nor random: a byte that was moved or changed shows, and the receiver knows what each has to be.
const PATTERN = Buffer.from(Array.from({ length: 251 }, (_, i) => i));

export function bodyOf(bytes: number): Buffer {
  return Buffer.alloc(bytes, PATTERN);
}

export function requestOf(protocol: Protocol, { requestBytes, requestHeaders }: Shot): Buffer {
  return message(protocol, ['POST /faultline-probe HTTP/1.1', 'Host: faultline-probe', ...requestHeaders], requestBytes);
}

export function replyTo(protocol: Protocol, { replyBytes, replyHeaders }: Shot): Buffer {
  return message(protocol, ['HTTP/1.1 200 OK', ...replyHeaders], replyBytes);
}

function message(protocol: Protocol, lines: readonly string[], bytes: number): Buffer {
  const head = [...lines, 'Content-Type: application/octet-stream', `Content-Length: ${bytes}`, '', ''].join('\r\n');
  return protocol === 'tcp' ? bodyOf(bytes) : Buffer.concat([Buffer.from(head, 'latin1'), bodyOf(bytes)]);
}
