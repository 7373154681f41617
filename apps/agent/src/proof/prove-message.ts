import type { FaultParams, MessageSide } from '#contracts';
import { judged } from './finding.js';
import type { Finding, Prober } from './finding.js';
import type { Trace } from './probe.js';
import { PLAIN_SHOT, bodyOf } from './shot.js';
import type { Witness } from './witness.js';

const HOW = 'one probe through the edge to an upstream of our own';

/** The end that gets the messages of a side. */
function receiver({ caller, upstream }: Trace, side: MessageSide): Witness {
  return side === 'request' ? upstream : caller;
}

export async function proveAbort({ httpStatus }: FaultParams<'abort'>, prober: Prober): Promise<Finding> {
  // Its body may be shorter than a probe's.
  const { caller } = await prober.faulted({ replyBytes: 1 });
  return judged(caller.status === httpStatus, caller.status === 0 ? 'no answer' : `status ${caller.status}`, HOW);
}

export async function proveHeaders({ set, remove, on }: FaultParams<'headers'>, prober: Prober): Promise<Finding> {
  const there = remove.map((name) => `${name}: faultline-probe`);
  const trace = await prober.faulted(on === 'request' ? { requestHeaders: there } : { replyHeaders: there });
  const got = receiver(trace, on);
  // A header that is removed and set at once is set.
  const setNames = new Set(set.map(({ name }) => name.toLowerCase()));
  const last = new Map(set.map(({ name, value }) => [name.toLowerCase(), value.trim()]));
  const missing = [...last].filter(([name, value]) => got.header(name).join() !== value).map(([name]) => `${name} not set`);
  const left = remove.filter((name) => !setNames.has(name.toLowerCase()) && got.header(name).length > 0).map((name) => `${name} not removed`);
  const wrong = got.head === '' ? [`no ${on} came`] : [...missing, ...left];
  return judged(wrong.length === 0, wrong.length === 0 ? `${last.size} set, ${remove.length} removed` : wrong.slice(0, 5).join(', '), HOW);
}

/** Which end it was is not told: a reset right behind bytes reaches programs as the end of the stream. */
export async function proveTruncate({ afterBytes, on }: FaultParams<'truncate'>, prober: Prober): Promise<Finding> {
  const trace = await prober.faulted({ until: 'ended' });
  const got = receiver(trace, on);
  return judged(got.body.length === afterBytes && got.end !== null, `${got.body.length} of ${PLAIN_SHOT.replyBytes} B of the body, ${got.end === null ? 'and the connection is open' : 'then the connection ended'}`, HOW);
}

export async function proveCorrupt({ on }: FaultParams<'corrupt'>, prober: Prober): Promise<Finding> {
  const got = receiver(await prober.faulted(), on).body;
  const asSent = bodyOf(got.length);
  const changed = got.filter((byte, at) => byte !== asSent[at]).length;
  return judged(changed > 0 && got.length === PLAIN_SHOT.replyBytes, `${changed} of ${got.length} B changed`, HOW);
}
