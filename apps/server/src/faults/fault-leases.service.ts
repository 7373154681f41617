import { Injectable } from '@nestjs/common';
import { LEASE_TTL_MS, type EndReason } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';

// The agent counts its lease from when it asked, which is before we granted; this second covers the clocks' different speeds and a paused process.
const LAPSE_MARGIN_MS = 1_000;

/**
 * Until when each fault may act at the latest if nothing more is heard. Counted on the monotonic clock from when this server last granted the
 * lease; after a restart from the start of the server, which is later than anything it can have granted before.
 */
@Injectable()
export class FaultLeases {
  private readonly startedAtMs = performance.now();
  private readonly grantedAtMs = new Map<string, number>();

  grant(id: string): void {
    this.grantedAtMs.set(id, performance.now());
  }

  forget(id: string): void {
    this.grantedAtMs.delete(id);
  }

  /** True once an agent that is away must have let go. */
  hasLapsed(id: string): boolean {
    return this.leftMs(id) + LAPSE_MARGIN_MS < 0;
  }

  /** When the lease ends the fault if nothing else does. */
  endsAt(id: string): Date {
    return new Date(Date.now() + Math.max(0, this.leftMs(id)));
  }

  private leftMs(id: string): number {
    return (this.grantedAtMs.get(id) ?? this.startedAtMs) + LEASE_TTL_MS - performance.now();
  }
}

/** Why a fault's lease must not be renewed; null when it may. */
export function refusalOf(fault: FaultRow | null, now: { readonly at: Date; readonly halted: boolean }): EndReason | null {
  if (fault === null) return 'unknown-to-server';
  if (fault.state !== 'active' && fault.state !== 'applying') return fault.endReason ?? 'stopped';
  if (now.halted) return 'halted';
  return isOverdue(fault, now.at) ? 'duration-over' : null;
}

export function isOverdue(fault: FaultRow, at: Date): boolean {
  return fault.endsAt !== null && at >= fault.endsAt;
}
