import type { FaultParams, Stream } from '#contracts';
import { PROBE_BYTES } from '#faults';
import { BOUND, judged, median, msText, unproven } from './finding.js';
import type { Finding, Prober } from './finding.js';
import type { Trace } from './probe.js';
import { LONGEST_WAIT_MS } from './shot.js';
import type { Witness } from './witness.js';

// Long enough for a rate to show beside what sockets hold, short enough for two streams one after the other.
const RATE_FOR_SEC = 0.4;
const MOST_BYTES = 4 * 1024 * 1024;
// A rate a fifth above the asked one is still the fault's doing: a first slice may come in no time.
const RATE_MARGIN = 1.2;

/** The stream to look at when a fault is on both. */
function streamOf(stream: Stream | 'both'): Stream {
  return stream === 'both' ? 'downstream' : stream;
}

/** The end that gets the bytes of a stream, and when they left the other. */
function flow({ caller, upstream, sentMs, repliedMs }: Trace, stream: Stream): { readonly to: Witness; readonly fromMs: number | null } {
  return stream === 'upstream' ? { to: upstream, fromMs: sentMs } : { to: caller, fromMs: repliedMs };
}

export async function proveBandwidth({ bytesPerSec, stream }: FaultParams<'bandwidth'>, prober: Prober): Promise<Finding> {
  const bytes = Math.round(Math.min(MOST_BYTES, Math.max(PROBE_BYTES, bytesPerSec * RATE_FOR_SEC)));
  const looked = streamOf(stream);
  // A request that trickles itself takes its time before there is a reply to look at.
  const shot = looked === 'upstream' ? { requestBytes: bytes } : { requestBytes: stream === 'both' ? 1 : PROBE_BYTES, replyBytes: bytes };
  const rate = rateOf(await prober.faulted(shot), looked);
  const got = rate === null ? `nothing within ${BOUND}` : `${Math.round(rate)} B/s`;
  if (rate === null || rate <= bytesPerSec * RATE_MARGIN) return judged(true, got, `${bytes} B on the ${looked} stream, looked at for ${BOUND} at most`);
  const own = rateOf(await prober.plain(shot), looked);
  return own !== null && own < bytesPerSec ? unproven(`the path itself carries ${Math.round(own)} B/s, less than the limit`) : judged(false, got, `${bytes} B on the ${looked} stream`);
}

/** Body bytes a second from when they were sent to the last that came. Null when none came. */
function rateOf(trace: Trace, stream: Stream): number | null {
  const { to, fromMs } = flow(trace, stream);
  return fromMs === null || to.lastMs === null || to.body.length === 0 ? null : (to.body.length * 1_000) / (to.lastMs - fromMs);
}

export async function proveSlice({ averageBytes, variationBytes, pauseMicros, stream }: FaultParams<'slice'>, prober: Prober): Promise<Finding> {
  const looked = streamOf(stream);
  const { to, fromMs } = flow(await prober.faulted(), looked);
  const pieces = to.arrivals.length;
  const tookMs = fromMs === null || to.lastMs === null ? LONGEST_WAIT_MS : to.lastMs - fromMs;
  const got = `${to.bytes} B in ${pieces} pieces over ${msText(tookMs)}`;
  const largest = Math.max(0, ...to.arrivals.map(({ bytes }) => bytes));
  if (pieces > 1 && largest <= averageBytes + variationBytes) return judged(true, got, 'one probe, piece by piece as it came');
  // TCP may put pieces that follow at once together again: then the pauses have to show.
  const pausesMs = (Math.floor(PROBE_BYTES / (averageBytes + variationBytes)) * pauseMicros) / 1_000;
  if (pausesMs >= 5) return judged(tookMs >= Math.min(pausesMs, LONGEST_WAIT_MS) * 0.9, got, 'one probe, by the sum of its pauses');
  return { verdict: 'unproven', got, how: 'pieces of this size with pauses this short are put together again by TCP' };
}

export async function proveLimitData({ bytes, stream }: FaultParams<'limit-data'>, prober: Prober): Promise<Finding> {
  const looked = stream === 'both' ? 'upstream' : stream;
  const trace = await prober.faulted({ until: 'ended' });
  const { to } = flow(trace, looked);
  return judged(to.bytes === bytes && trace.caller.end !== null, `${to.bytes} B passed on the ${looked} stream, then ${trace.caller.end?.how ?? 'still open'}`, 'one probe');
}

const LOSS_PROBES = 10;

/** With at least half of the segments lost, one probe of ten meets a loss but for once in a thousand proofs. */
export async function proveLoss({ rtoMs }: FaultParams<'loss'>, prober: Prober): Promise<Finding> {
  const waitMs = Math.min(LONGEST_WAIT_MS, rtoMs * 4 + 200);
  const traces = await Promise.all(Array.from({ length: LOSS_PROBES }, () => prober.faulted({ waitMs })));
  const tookMs = traces.map(({ sentMs, caller }) => (caller.lastMs === null ? Infinity : caller.lastMs - sentMs));
  const stalled = tookMs.filter((ms) => ms >= Math.min(rtoMs, LONGEST_WAIT_MS) * 0.95);
  const how = `${LOSS_PROBES} probes with at least half of the segments lost`;
  if (stalled.length === 0) return { verdict: 'unproven', got: `no stall in ${LOSS_PROBES} probes`, how };
  const typicalMs = median(stalled);
  return judged(true, `${stalled.length} of ${LOSS_PROBES} probes stalled, ${Number.isFinite(typicalMs) ? `typically ${msText(typicalMs)}` : `most beyond ${waitMs} ms`}`, how);
}
