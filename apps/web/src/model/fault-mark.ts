import type { FaultKind, FaultParams, FaultSpec } from '#contracts';

/** What a fault does in as few letters as fit on an edge; the panel says the rest. */
const MARKS: { readonly [K in FaultKind]: (params: FaultParams<K>) => string } = {
  latency: ({ latencyMs, jitterMs }) => (latencyMs > 0 ? `+${latencyMs} ms` : `±${jitterMs} ms`),
  abort: ({ httpStatus }) => `answers ${httpStatus}`,
  timeout: () => 'no answer',
  down: () => 'down',
};

/** `+400 ms`, or `+400 ms for 20 %` when only some requests are hit. */
export function faultMark(spec: FaultSpec): string {
  const share = 'share' in spec.params ? spec.params.share : 1;
  return share < 1 ? `${markOf(spec)} for ${Number((share * 100).toPrecision(2))} %` : markOf(spec);
}

// A spec keeps kind and params together, so each row of the table gets the parameters of its own kind.
type SpecOf<K extends FaultKind> = { [P in K]: { readonly kind: P; readonly params: FaultParams<P> } }[K];

function markOf<K extends FaultKind>(spec: SpecOf<K>): string {
  return MARKS[spec.kind](spec.params);
}
