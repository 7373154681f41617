import type { ActiveTarget } from '../../api/prometheus-api.js';

export type TargetHealth = ActiveTarget['health'];
export const HEALTHS: readonly TargetHealth[] = ['down', 'unknown', 'up'];

/** The state of the Targets screen as its address holds it. */
export interface TargetsSearch {
  /** Text that a target's address, labels, pool or error hold. */
  readonly q?: string;
  readonly health?: TargetHealth;
}

/** Keeps what is understood and drops the rest: an address typed by hand never breaks the page. */
export function parseTargetsSearch(raw: Readonly<Record<string, unknown>>): TargetsSearch {
  const health = HEALTHS.find((known) => known === raw.health);
  return { ...(typeof raw.q === 'string' && raw.q !== '' && { q: raw.q }), ...(health !== undefined && { health }) };
}
