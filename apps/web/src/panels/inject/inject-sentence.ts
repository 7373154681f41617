import type { EdgeKey, FaultKind, FaultParams, FaultSpec } from '#contracts';
import { formatMs, formatRate, formatShare } from '../format/number.js';
import { formatDuration } from '../format/time.js';

/** What happens to each hit request, after "Every request from a to b". A kind of the contracts without a row does not compile. */
const PREDICATES: { readonly [K in FaultKind]: (params: FaultParams<K>) => string } = {
  latency: ({ latencyMs, jitterMs }) => `will be delayed by ${formatMs(latencyMs)}${jitterMs > 0 ? ` ± ${formatMs(jitterMs)}` : ''}`,
  abort: ({ httpStatus }) => `will be answered with status ${httpStatus} and never reach its target`,
  timeout: ({ closeAfterMs }) => `will get no answer${closeAfterMs > 0 ? ` and be cut off after ${formatMs(closeAfterMs)}` : ''}`,
  down: () => 'will fail: open connections are reset, new ones refused',
};

type SpecOf<K extends FaultKind> = { [P in K]: { readonly kind: P; readonly params: FaultParams<P> } }[K];

function predicateOf<K extends FaultKind>(spec: SpecOf<K>): string {
  return PREDICATES[spec.kind](spec.params);
}

interface Plan {
  readonly edge: EdgeKey;
  readonly spec: FaultSpec;
  readonly durationMs: number;
  /** What the edge carries now; null when nothing is known. */
  readonly requestsPerSec: number | null;
}

/** Exactly what Inject will do, for the person about to press it. */
export function injectSentence({ edge, spec, durationMs, requestsPerSec }: Plan): string {
  const share = 'share' in spec.params ? spec.params.share : 1;
  const subject = share < 1 ? `${formatShare(share)} of requests` : 'Every request';
  const act = `${subject} from ${edge.source} to ${edge.target} ${predicateOf(spec)} for ${formatDuration(durationMs)}.`;
  return [act, trafficText(requestsPerSec), 'It ends by itself, also if Faultline dies.'].join(' ');
}

function trafficText(requestsPerSec: number | null): string {
  if (requestsPerSec === null) return 'How much traffic the edge carries now is not known.';
  if (requestsPerSec === 0) return 'No requests cross the edge right now, so there may be nothing to see.';
  return `The edge carries about ${formatRate(Math.round(requestsPerSec * 10) / 10)}.`;
}
