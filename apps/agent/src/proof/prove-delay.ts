import type { FaultParams } from '#contracts';
import { BOUND, judged, median, msText, unproven } from './finding.js';
import type { Finding, Prober } from './finding.js';
import type { Trace } from './probe.js';
import { LONGEST_WAIT_MS } from './shot.js';

const PROBES = 5;
// Node's timers may fire a moment early, and the path itself varies by about as much.
const TOLERANCE_MS = 2;
// What ends the probe's patience begins a little before it.
const NEAR_MS = 100;

interface Delay {
  readonly delayMs: number;
  readonly jitterMs: number;
}

export function proveLatency({ latencyMs, jitterMs }: FaultParams<'latency'>, prober: Prober): Promise<Finding> {
  return proveDelay({ delayMs: latencyMs, jitterMs }, prober);
}

export function proveConnectDelay({ delayMs, jitterMs }: FaultParams<'connect-delay'>, prober: Prober): Promise<Finding> {
  return proveDelay({ delayMs, jitterMs }, prober);
}

/** The answers of five probes at once, against as many over the same path without the rule. */
async function proveDelay({ delayMs, jitterMs }: Delay, prober: Prober): Promise<Finding> {
  if (delayMs - jitterMs > LONGEST_WAIT_MS) return proveLongDelay(prober);
  // The first probe of a process pays for code that was never run; the quickest is nearest to what the path itself takes.
  await prober.plain();
  const baseMs = Math.min(...(await answerTimesMs(() => prober.plain())));
  const tookMs = await answerTimesMs(() => prober.faulted());
  const medianMs = median(tookMs);
  const got = Number.isFinite(medianMs) ? `+${msText(medianMs - baseMs)} (median of ${PROBES} probes)` : `no answer within ${BOUND}`;
  const leastMs = delayMs - jitterMs - TOLERANCE_MS;
  // Delays that may be nothing at all bite when any of them is something.
  if (leastMs <= 0) return judgeSmall({ largestMs: Math.max(...tookMs) - baseMs, got });
  // A path that is as slow by itself, on a machine that is busy, proves nothing.
  if (medianMs >= leastMs && baseMs >= leastMs) return unproven(`the path itself takes ${msText(baseMs)} now, no less than the delay`);
  return judged(medianMs >= leastMs, got, `time to the first byte of the answer; the path without the fault takes ${msText(baseMs)}`);
}

function judgeSmall({ largestMs, got }: { readonly largestMs: number; readonly got: string }): Finding {
  if (largestMs > TOLERANCE_MS) return judged(true, got, `the slowest of ${PROBES} probes took ${msText(largestMs)} longer than the path without the fault`);
  return { verdict: 'unproven', got, how: 'a delay this small is not told from the path itself' };
}

async function proveLongDelay(prober: Prober): Promise<Finding> {
  const trace = await prober.faulted();
  return trace.caller.bytes === 0 ? judged(true, `no answer within ${BOUND}`, 'one probe that was looked at no longer') : judged(false, `an answer after ${msText(answerMs(trace))}`, 'one probe');
}

async function answerTimesMs(shoot: () => Promise<Trace>): Promise<readonly number[]> {
  return (await Promise.all(Array.from({ length: PROBES }, shoot))).map(answerMs);
}

/** Infinity when none came. */
function answerMs({ sentMs, caller }: Trace): number {
  return caller.firstMs === null ? Infinity : caller.firstMs - sentMs;
}

export async function proveSlowClose({ delayMs, stream }: FaultParams<'slow-close'>, prober: Prober): Promise<Finding> {
  const trace = await prober.faulted({ thenEnds: true, until: 'ended' });
  if (trace.callerEndedMs === null) return unproven('the probe was not answered, so its connection was never ended well');
  const waits = stream === 'downstream' ? closingMs(trace.upstreamEndedMs, trace.caller.end?.atMs ?? null) : closingMs(trace.callerEndedMs, trace.upstreamEndedMs);
  const got = waits === null ? `the end did not pass within ${BOUND}` : `the end passed after ${msText(waits)}`;
  const bites = waits === null ? delayMs >= LONGEST_WAIT_MS - NEAR_MS : waits >= delayMs - TOLERANCE_MS;
  return judged(bites, got, `one probe that ended after its answer, ${stream === 'downstream' ? 'and the end that came back' : 'and when the upstream saw it'}`);
}

function closingMs(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : toMs - fromMs;
}
