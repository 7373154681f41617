import type { MessageSide, Protocol } from '#contracts';
import type { ConnectionRule, ExchangeVerdict, RequestVerdict } from '../edge-rule.js';
import { PASS } from '../edge-rule.js';
import type { Hit } from '../hits/hits.js';

/** Gives hit messages of one side a verdict. */
export function decideOnSide(on: MessageSide, hit: Hit, verdict: () => RequestVerdict): ConnectionRule {
  if (on === 'request') return { onRequest: (request) => (hit(request) ? verdict() : PASS) };
  return { onResponse: (request, response) => (hit(request, response) ? verdict() : PASS) };
}

/** Gives hit messages of one side a verdict, or hit exchanges on a tcp edge. */
export function decideOnExchange(on: MessageSide, protocol: Protocol, { hit, verdict }: { readonly hit: Hit; readonly verdict: () => ExchangeVerdict }): ConnectionRule {
  return protocol === 'tcp' ? { onExchange: () => (hit() ? verdict() : PASS) } : decideOnSide(on, hit, verdict);
}
