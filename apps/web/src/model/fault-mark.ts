import type { EdgeFaultKind, FaultParams, FaultSpec, UnleasedFaultView } from '#contracts';
import { isEdgeFault } from '#faults';

/** What a fault does in as few letters as fit on an edge; the panel says the rest. */
const MARKS: { readonly [K in EdgeFaultKind]: (params: FaultParams<K>) => string } = {
  latency: ({ latencyMs }) => `+${latencyMs} ms`,
  bandwidth: ({ bytesPerSec }) => `${short(bytesPerSec)}B/s`,
  abort: ({ httpStatus }) => `answers ${httpStatus}`,
  timeout: () => 'no answer',
  'drop-response': () => 'answer lost',
  truncate: ({ afterBytes }) => `cut at ${short(afterBytes)}B`,
  corrupt: () => 'corrupt',
  headers: ({ set, remove }) => (set.length + remove.length === 1 ? `header ${set[0]?.name ?? remove[0] ?? ''}` : `${set.length + remove.length} headers`),
  down: () => 'down',
  reset: () => 'reset',
  'connect-delay': ({ delayMs }) => `connect +${delayMs} ms`,
  blackhole: () => 'blackhole',
  'half-open': () => 'half-open',
  loss: ({ lossShare }) => `${percent(lossShare)} loss`,
  'slow-close': ({ delayMs }) => `close +${delayMs} ms`,
  slice: ({ averageBytes }) => `slices of ${short(averageBytes)}B`,
  'limit-data': ({ bytes }) => `cut at ${short(bytes)}B`,
};

/** `+400 ms`, or `+400 ms for 20 %` when only some are hit. Null for faults that act on no edge. */
export function faultMark(spec: FaultSpec): string | null {
  if (!isEdgeFault(spec)) return null;
  const share = 'share' in spec.params ? spec.params.share : 1;
  return share < 1 ? `${markOf(spec)} for ${percent(share)}` : markOf(spec);
}

/** `latency`, `3 toxics`, `disabled`: what holds on one edge without a lease. */
export function unleasedMark(unleased: readonly UnleasedFaultView[]): string {
  const toxics = unleased.flatMap(({ toxic }) => (toxic === null ? [] : [toxic.type]));
  if (toxics.length < unleased.length) return 'disabled';
  return toxics.length === 1 ? (toxics[0] ?? '').replace('_', ' ') : `${toxics.length} toxics`;
}

// A spec keeps kind and params together, so each row of the table gets the parameters of its own kind.
type SpecOf<K extends EdgeFaultKind> = { [P in K]: { readonly kind: P; readonly params: FaultParams<P> } }[K];

function markOf<K extends EdgeFaultKind>(spec: SpecOf<K>): string {
  return MARKS[spec.kind](spec.params);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

const SIZES = [
  [1e9, ' G'],
  [1e6, ' M'],
  [1e3, ' k'],
] as const;

function short(bytes: number): string {
  const size = SIZES.find(([from]) => bytes >= from);
  return size === undefined ? `${bytes} ` : `${Number((bytes / size[0]).toPrecision(2))}${size[1]}`;
}
