import type { Outcome } from '#contracts';
import type { ExchangeResult } from '../http/exchange.js';

/** The picture's own classes, so that its numbers and ours can be laid side by side. */
export type EndedOutcome = Outcome;
export const ENDED_OUTCOMES = ['ok', 'clientError', 'serverError', 'noResponse'] as const satisfies readonly EndedOutcome[];

export function outcomeOf(result: ExchangeResult): EndedOutcome {
  if (result.kind === 'failed') return 'noResponse';
  if (result.status >= 500) return 'serverError';
  return result.status >= 400 ? 'clientError' : 'ok';
}
