import { LEASE_RENEW_EVERY_MS, LEASE_TTL_MS } from '#contracts';
import type { AgentHoldingsView, Holding } from '#contracts';

export interface LeasePulse {
  readonly leftMs: number;
  /** Of a full lease, 0 to 1. */
  readonly share: number;
  /** `late`: more than two renewals are missing; `over`: the agent lets go, or has. */
  readonly state: 'fresh' | 'late' | 'over';
}

// An agent speaks with each renewal, so up to one interval and a slow network are no news.
const LATE_BELOW_MS = LEASE_TTL_MS - 2.5 * LEASE_RENEW_EVERY_MS;

/** What is left of a lease now, from what the agent said and how long ago. Null for what has no lease, or was never told. */
export function leasePulse({ leaseLeftMs }: Pick<Holding, 'leaseLeftMs'>, { heardAt }: Pick<AgentHoldingsView, 'heardAt'>, nowMs: number): LeasePulse | null {
  if (leaseLeftMs === null || heardAt === null) return null;
  const leftMs = Math.min(LEASE_TTL_MS, Math.max(0, leaseLeftMs - Math.max(0, nowMs - Date.parse(heardAt))));
  return { leftMs, share: leftMs / LEASE_TTL_MS, state: leftMs === 0 ? 'over' : leftMs < LATE_BELOW_MS ? 'late' : 'fresh' };
}

/** For people; the seconds are rounded up, so that 0 means over. */
export function pulseText({ leftMs, state }: LeasePulse): string {
  if (state === 'over') return 'lease over: the agent lets go';
  return `${state === 'late' ? 'not renewed, ' : ''}lease ${Math.ceil(leftMs / 1_000)} s`;
}
