import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { AppError, LEASE_TTL_MS, targetLabel } from '#contracts';
import { AgentLinks } from '../agents/agent-links.service.js';
import { HaltState } from '../halt/halt-state.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { checkNotHalted } from './check-fault.js';
import { FaultLeases } from './fault-leases.service.js';
import { FaultOrders } from './fault-orders.service.js';
import { FaultTable } from './fault-table.service.js';

const SEEDS = 2 ** 32;

/** From a committed plan to a fault that acts: the order, and the agent's word. */
@Injectable()
export class FaultStart {
  constructor(
    private readonly table: FaultTable,
    private readonly orders: FaultOrders,
    private readonly leases: FaultLeases,
    private readonly links: AgentLinks,
    private readonly halt: HaltState,
  ) {}

  /** Takes the planned fault up and resolves once the agent has confirmed that it acts; otherwise rejects, and the fault is taken back. */
  async start(fault: FaultRow, waitMs: number): Promise<FaultRow> {
    this.table.add(fault);
    this.order(fault);
    return this.confirmed(fault, waitMs);
  }

  private order(fault: FaultRow): void {
    try {
      // While the plan was on its way to disk somebody may have halted everything, or the agent may have gone.
      checkNotHalted(this.halt.current);
      this.send(fault);
    } catch (error) {
      this.table.change(fault.id, { type: 'refused', problem: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  private send({ id, spec, target, durationMs, overlap, agent }: FaultRow): void {
    const order = { faultId: id, spec, target, leaseTtlMs: LEASE_TTL_MS, notAfterMs: durationMs, seed: randomInt(SEEDS), overlap };
    this.leases.grant(id);
    if (!this.links.send(agent, { type: 'apply', order })) throw new AppError('AGENT_OFFLINE', { agent, target: targetLabel(target) });
    this.table.change(id, { type: 'ordered' });
  }

  private async confirmed(planned: FaultRow, waitMs: number): Promise<FaultRow> {
    const fault = (await this.table.until(planned.id, (now) => now.state !== 'applying', waitMs)) ?? planned;
    if (fault.state === 'applying') {
      const silence = new AppError('AGENT_TIMEOUT', { agent: fault.agent, waitedMs: waitMs, meanwhile: 'Its lease ends the fault by itself' });
      this.orders.revert(fault, 'stopped', silence.message);
      throw silence;
    }
    if (fault.endReason === 'halted') checkNotHalted(this.halt.current);
    if (fault.endReason === 'refused') throw new AppError('AGENT_REFUSED', { agent: fault.agent, reason: fault.problem ?? 'it gave no reason' });
    return fault;
  }
}
