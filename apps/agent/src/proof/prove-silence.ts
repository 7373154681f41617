import type { FaultParams } from '#contracts';
import { BOUND, judged, msText, unproven } from './finding.js';
import type { Finding, Prober } from './finding.js';
import type { Trace } from './probe.js';
import { LONGEST_WAIT_MS } from './shot.js';

// An answer over loopback takes a millisecond or two; what is still silent after this is held.
const SILENT_FOR_MS = 300;
// From when a timer of the proxy is due until its effect is seen at the other end.
const LATE_MS = 250;
const EARLY_MS = 2;

export function proveTimeout({ closeAfterMs }: FaultParams<'timeout'>, prober: Prober): Promise<Finding> {
  return proveHang(closeAfterMs, prober);
}

export function proveDropResponse({ closeAfterMs }: FaultParams<'drop-response'>, prober: Prober): Promise<Finding> {
  return proveHang(closeAfterMs, prober);
}

/** No byte comes back, and the connection is closed when it was asked for. */
async function proveHang(closeAfterMs: number, prober: Prober): Promise<Finding> {
  const closes = closeAfterMs > 0 && closeAfterMs <= LONGEST_WAIT_MS - LATE_MS;
  const trace = await prober.faulted({ until: 'ended', waitMs: closes ? closeAfterMs + LATE_MS : SILENT_FOR_MS });
  const { caller } = trace;
  if (caller.bytes > 0) return judged(false, `${caller.bytes} B came back`, 'one probe');
  if (!closes) return judged(caller.end === null, silence(trace, SILENT_FOR_MS), closeAfterMs > 0 ? `one probe; that it is closed after ${closeAfterMs} ms was not waited for` : 'one probe');
  const endedMs = caller.end === null ? null : caller.end.atMs - trace.sentMs;
  return judged(endedMs !== null && endedMs >= closeAfterMs - EARLY_MS, endedMs === null ? 'no answer, and still open' : `no answer, closed after ${msText(endedMs)}`, 'one probe');
}

export async function proveBlackhole({ stream }: FaultParams<'blackhole'>, prober: Prober): Promise<Finding> {
  const trace = await prober.faulted({ until: 'ended', waitMs: SILENT_FOR_MS });
  const reached = trace.upstream.bytes;
  const held = stream === 'downstream' ? trace.caller.bytes === 0 && reached > 0 : reached === 0 && trace.caller.bytes === 0;
  return judged(held && trace.caller.end === null, `${reached} B reached the upstream, ${silence(trace, SILENT_FOR_MS)}`, 'one probe');
}

export async function proveHalfOpen({ afterMs }: FaultParams<'half-open'>, prober: Prober): Promise<Finding> {
  if (afterMs > LONGEST_WAIT_MS - SILENT_FOR_MS) return unproven(`a connection lives ${afterMs} ms before it is forgotten, longer than a probe waits (${BOUND})`);
  // A moment after it is due, so that the probe's bytes come too late for sure.
  const trace = await prober.faulted({ sendAfterMs: afterMs + 50, until: 'ended', waitMs: SILENT_FOR_MS });
  return judged(trace.caller.bytes === 0 && trace.caller.end === null, silence(trace, SILENT_FOR_MS), `one probe that spoke ${afterMs + 50} ms after it connected`);
}

export async function proveReset({ afterMs }: FaultParams<'reset'>, prober: Prober): Promise<Finding> {
  if (afterMs > LONGEST_WAIT_MS - LATE_MS) return unproven(`a connection lives ${afterMs} ms before it is reset, longer than a probe waits (${BOUND})`);
  const { caller, sentMs } = await prober.faulted({ until: 'ended', waitMs: afterMs + LATE_MS });
  if (caller.end === null) return judged(false, `still open after ${afterMs + LATE_MS} ms`, 'one probe');
  return judged(caller.end.how === 'reset', `${caller.end.how === 'reset' ? 'ECONNRESET' : 'closed, not reset,'} after ${msText(caller.end.atMs - sentMs)}`, 'one probe');
}

function silence({ caller }: Trace, forMs: number): string {
  if (caller.bytes > 0) return `${caller.bytes} B came back`;
  return caller.end === null ? `nothing came back for ${forMs} ms and the connection is open` : `nothing came back and the connection was ${caller.end.how}`;
}
