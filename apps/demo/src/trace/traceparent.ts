/**
 * W3C Trace Context, level 1 (https://www.w3.org/TR/trace-context/, section 3.2):
 *
 *     00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
 *     version  trace id (16 bytes)      span id (8 bytes)  flags, bit 0 = sampled
 */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

/** Gives `count` random bytes as lowercase hex. */
export type RandomHex = (count: number) => string;

const FORMAT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const ALL_ZERO = /^0+$/;
const SAMPLED_FLAG = 1;

/** Null for anything the specification calls invalid: the receiver then starts a trace of its own. */
export function parseTraceparent(header: string | undefined): TraceContext | null {
  const match = FORMAT.exec(header ?? '');
  if (match === null) return null;
  const [, version = '', traceId = '', spanId = '', flags = '', more] = match;
  // Version 00 ends after the flags; a later one may go on. ff is forbidden.
  if (version === 'ff' || (version === '00' && more !== undefined)) return null;
  if (ALL_ZERO.test(traceId) || ALL_ZERO.test(spanId)) return null;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & SAMPLED_FLAG) === SAMPLED_FLAG };
}

/** We write version 00 whatever came in, and only the flag we know (section 4.3). */
export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** A trace begins where the request enters the shop. The sampling decision is made here and kept by everyone behind. */
export function startTrace(randomHex: RandomHex, sampled: boolean): TraceContext {
  return { traceId: nonZeroHex(randomHex, 16), spanId: nonZeroHex(randomHex, 8), sampled };
}

/** The same trace, one call further: a new span id, everything else kept. */
export function childSpan(parent: TraceContext, randomHex: RandomHex): TraceContext {
  return { ...parent, spanId: nonZeroHex(randomHex, 8) };
}

function nonZeroHex(randomHex: RandomHex, count: number): string {
  const hex = randomHex(count);
  return ALL_ZERO.test(hex) ? `${hex.slice(0, -1)}1` : hex;
}
