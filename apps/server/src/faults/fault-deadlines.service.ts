import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { FaultState } from '#contracts';
import { AgentLinks } from '../agents/agent-links.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { FaultLeases, isOverdue } from './fault-leases.service.js';
import { FaultOrders } from './fault-orders.service.js';
import { FaultTable } from './fault-table.service.js';

// Late by at most this much; the agent's own clock ends the fault on time anyway.
const SWEEP_EVERY_MS = 200;
// Often enough that a lost message costs little, rare enough that a busy agent is not flooded.
const REPEAT_REVERT_EVERY_MS = 2_000;

/** States that end by themselves when the lease does. A failed revert does not: the agent tried and could not. */
const ENDED_BY_LEASE: readonly FaultState[] = ['planned', 'applying', 'active', 'reverting'];

/** Ends faults whose time is over, repeats reverts that nobody confirmed, and notes when the lease of an absent agent has run out. */
@Injectable()
export class FaultDeadlines implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private readonly repeatAtMs = new Map<string, number>();

  constructor(
    private readonly table: FaultTable,
    private readonly orders: FaultOrders,
    private readonly leases: FaultLeases,
    private readonly links: AgentLinks,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.sweep(), SWEEP_EVERY_MS);
  }

  onModuleDestroy(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private sweep(): void {
    for (const fault of this.table.live()) this.check(fault);
    for (const id of this.repeatAtMs.keys()) if (this.table.find(id)?.state !== 'reverting') this.repeatAtMs.delete(id);
  }

  private check(fault: FaultRow): void {
    if (fault.state === 'active' && isOverdue(fault, new Date())) this.orders.revert(fault, 'duration-over');
    else if (fault.state === 'reverting') this.repeat(fault);
    if (!this.links.isConnected(fault.agent) && ENDED_BY_LEASE.includes(fault.state) && this.leases.hasLapsed(fault.id)) this.lapse(fault);
  }

  private repeat(fault: FaultRow): void {
    const nowMs = performance.now();
    const dueAtMs = this.repeatAtMs.get(fault.id) ?? nowMs + REPEAT_REVERT_EVERY_MS;
    this.repeatAtMs.set(fault.id, dueAtMs);
    if (nowMs < dueAtMs) return;
    this.orders.repeatRevert(fault);
    this.repeatAtMs.set(fault.id, nowMs + REPEAT_REVERT_EVERY_MS);
  }

  private lapse(fault: FaultRow): void {
    this.table.change(fault.id, { type: 'lease-lapsed' });
    this.leases.forget(fault.id);
  }
}
