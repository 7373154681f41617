import { FAULT_PARAMS } from '#contracts';
import type { FaultKind, FaultParams, FaultSpec, Protocol } from '#contracts';
import { formatBytesPerSec, formatCount, formatMs, formatShare } from '../format/number.js';
import { formatDuration } from '../format/time.js';

/** What happens to each of those that are hit, after "Every request from a to b". A kind of the contracts without a row does not compile. */
const PREDICATES: { readonly [K in FaultKind]: (params: FaultParams<K>) => string } = {
  latency: ({ latencyMs, jitterMs, on }) => `will be delayed by ${spread(latencyMs, jitterMs)}${on === 'response' ? ' on the way back' : ''}`,
  bandwidth: ({ bytesPerSec, stream }) => `will flow at ${formatBytesPerSec(bytesPerSec)} at most${wayText(stream)}`,
  abort: ({ httpStatus, on }) => `will be answered with status ${httpStatus} ${on === 'request' ? 'and never reach its target' : 'after its target has served it'}`,
  timeout: ({ closeAfterMs }) => `will get no answer${closeAfterMs > 0 ? ` and be cut off after ${formatMs(closeAfterMs)}` : ''}`,
  'drop-response': ({ closeAfterMs }) => `will be served, but its answer will never arrive${closeAfterMs > 0 ? '; the connection then closes' : ''}`,
  truncate: ({ afterBytes, on }) => `will have the body of its ${on} cut after ${formatCount(afterBytes)} bytes`,
  corrupt: ({ byteShare, on }) => `will have ${formatShare(byteShare)} of the bytes of its ${on}'s body changed`,
  headers: ({ set, remove, on }) => `will have headers of its ${on} changed: ${[...set.map(({ name }) => `${name} set`), ...remove.map((name) => `${name} removed`)].join(', ')}`,
  down: () => 'will fail: open connections are reset, new ones refused',
  reset: ({ afterMs }) => `will be reset ${afterMs > 0 ? `after ${formatMs(afterMs)}` : 'at once'}`,
  'connect-delay': ({ delayMs, jitterMs }) => `will be served only after ${spread(delayMs, jitterMs)}`,
  blackhole: ({ stream }) => `will go silent${wayText(stream)}: nothing passes and nothing is lost`,
  'half-open': ({ afterMs }) => `will be forgotten by its target${afterMs > 0 ? ` after ${formatMs(afterMs)}` : ''} without the caller being told`,
  loss: ({ lossShare, rtoMs, stream }) => `will stall as if ${formatShare(lossShare)} of its packets were lost${wayText(stream)}, each for ${formatMs(rtoMs)} or longer`,
  'slow-close': ({ delayMs, stream }) => `will close ${formatMs(delayMs)} late${wayText(stream)}`,
  slice: ({ averageBytes, pauseMicros, stream }) => `will pass in pieces of about ${formatCount(averageBytes)} bytes${pauseMicros > 0 ? `, ${formatMs(pauseMicros / 1_000)} apart` : ''}${wayText(stream)}`,
  'limit-data': ({ bytes, stream }) => `will be closed after ${formatCount(bytes)} bytes${wayText(stream)}`,
  'process-kill': ({ signal }) => `will be ended with ${signal} at once; only whoever supervises it can bring it back`,
  'process-stop': () => 'will stand still and then go on',
  'cpu-stress': ({ workers, loadPercent }) => `will have ${formatCount(workers)} ${workers === 1 ? 'core' : 'cores'} kept busy at ${loadPercent} %`,
  'memory-stress': ({ mebibytes }) => `will have ${formatCount(mebibytes)} MiB of memory taken`,
  'network-partition': (scope) => `will lose all packets ${scopeText(scope)}`,
  'network-drop': ({ share, ...scope }) => `will lose ${formatShare(share)} of the packets ${scopeText(scope)}`,
  'network-rate': ({ kilobitsPerSec, ...scope }) => `will send no faster than ${formatCount(kilobitsPerSec)} kbit/s ${scopeText(scope)}`,
  'network-delay': ({ delayMs, jitterMs, ...scope }) => `will send packets ${spread(delayMs, jitterMs)} late ${scopeText(scope)}`,
  'network-loss': ({ lossPercent, ...scope }) => `will lose ${lossPercent} % of the packets it sends ${scopeText(scope)}`,
  'network-duplicate': ({ duplicatePercent, ...scope }) => `will send ${duplicatePercent} % of the packets twice ${scopeText(scope)}`,
  'network-corrupt': ({ corruptPercent, ...scope }) => `will corrupt ${corruptPercent} % of the packets it sends ${scopeText(scope)}`,
  'network-reorder': ({ reorderPercent, delayMs, ...scope }) => `will let ${reorderPercent} % of the packets overtake others, which wait ${formatMs(delayMs)}, ${scopeText(scope)}`,
};

function spread(ms: number, jitterMs: number): string {
  return `${formatMs(ms)}${jitterMs > 0 ? ` ± ${formatMs(jitterMs)}` : ''}`;
}

function wayText(stream: 'upstream' | 'downstream' | 'both'): string {
  if (stream === 'both') return '';
  return stream === 'upstream' ? ' towards the target' : ' back to the caller';
}

interface PacketScope {
  readonly peers: readonly string[];
  readonly ports: readonly number[];
  readonly transport: 'tcp' | 'udp' | 'any';
  readonly device?: string;
  readonly direction?: 'in' | 'out' | 'both';
}

function scopeText({ peers, ports, transport, device, direction = 'out' }: PacketScope): string {
  const way = direction === 'both' ? 'to and from' : direction === 'in' ? 'from' : 'to';
  const peer = peers.length === 0 ? 'any address' : peers.join(', ');
  const port = ports.length === 0 ? '' : `, port ${ports.join(', ')}`;
  return `${way} ${peer}${port}${transport === 'any' ? '' : ` (${transport})`}${device === undefined ? '' : ` by ${device}`}`;
}

type SpecOf<K extends FaultKind> = { [P in K]: { readonly kind: P; readonly params: FaultParams<P> } }[K];

function predicateOf<K extends FaultKind>(spec: SpecOf<K>): string {
  return PREDICATES[spec.kind](spec.params);
}

/** Where it will act, as the person who clicked there thinks of it. */
export type FaultPlace =
  | { readonly type: 'edge'; readonly text: string; readonly protocol: Protocol | null }
  /** The process or host by its name. */
  | { readonly type: 'named'; readonly text: string };

/** `Every request from a to b will be delayed by 400 ms for 60 s.` */
export function faultSentence(spec: FaultSpec, place: FaultPlace, durationMs: number): string {
  const subject = place.type === 'named' ? place.text : `${hitText(spec, place.protocol)} ${place.text}${onlyText(spec)}`;
  // What a killed process does afterwards is no longer up to us.
  const lasts = spec.kind === 'process-kill' ? '' : ` for ${formatDuration(durationMs)}`;
  return `${subject} ${predicateOf(spec)}${lasts}.`;
}

/** Faults that see only connections are narrowed by addresses; the others speak of requests, and of exchanges where there is no HTTP to see. */
function hitText(spec: FaultSpec, protocol: Protocol | null): string {
  const one = 'sourceAddress' in FAULT_PARAMS[spec.kind].shape ? 'connection' : protocol === 'tcp' ? 'exchange' : 'request';
  const share = 'share' in spec.params ? spec.params.share : 1;
  return share < 1 ? `${formatShare(share)} of ${one}s` : `Every ${one}`;
}

/** What narrows the traffic, in the order in which it is judged. */
function onlyText({ params }: FaultSpec): string {
  const parts = [...matchParts(params), ...addressParts(params), ...occurrenceParts(params)];
  return parts.length === 0 ? '' : ` (only ${parts.join(', ')})`;
}

function matchParts(params: FaultSpec['params']): readonly string[] {
  if (!('match' in params) || params.match === undefined) return [];
  const { method, path, headers, status, sourceAddress, cohort } = params.match;
  return [
    method,
    path === undefined ? undefined : `path ${path}`,
    ...(headers ?? []).map(({ name, value }) => `${name}: ${value}`),
    status === undefined ? undefined : `status ${status.join(' or ')}`,
    sourceAddress === undefined ? undefined : `from ${sourceAddress.join(' or ')}`,
    cohort === undefined ? undefined : `callers ${cohort.fromPercent} to ${cohort.toPercent} % by ${cohort.name ?? cohort.by}`,
  ].filter((part) => part !== undefined);
}

function addressParts(params: FaultSpec['params']): readonly string[] {
  return 'sourceAddress' in params && params.sourceAddress !== undefined ? [`from ${params.sourceAddress.join(' or ')}`] : [];
}

function occurrenceParts(params: FaultSpec['params']): readonly string[] {
  if (!('occurrence' in params) || params.occurrence === undefined) return [];
  const { afterCount, everyCount, firstCount } = params.occurrence;
  return [
    afterCount > 0 ? `after the first ${formatCount(afterCount)}` : undefined,
    everyCount > 1 ? `one in ${formatCount(everyCount)}` : undefined,
    firstCount === undefined ? undefined : `${formatCount(firstCount)} at most`,
  ].filter((part) => part !== undefined);
}
