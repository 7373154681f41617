import type { ExchangeVerdict } from '../edge-rule.js';

/** In the parameters of faults, closing after 0 ms means never. */
export function hangAndClose(closeAfterMs: number): ExchangeVerdict {
  return { type: 'hang', closeAfterMs: closeAfterMs > 0 ? closeAfterMs : null };
}
