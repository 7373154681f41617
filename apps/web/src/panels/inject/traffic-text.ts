import { formatRate } from '../format/number.js';

/** How much would be hit; null where nothing is known. */
export function trafficText(requestsPerSec: number | null): string {
  if (requestsPerSec === null) return 'How much traffic the edge carries now is not known.';
  if (requestsPerSec === 0) return 'No requests cross the edge right now, so there may be nothing to see.';
  return `The edge carries about ${formatRate(Math.round(requestsPerSec * 10) / 10)}.`;
}
