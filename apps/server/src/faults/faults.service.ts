import { Injectable } from '@nestjs/common';
import { randomInt, randomUUID } from 'node:crypto';
import { AppError, LEASE_TTL_MS, edgeKeyText, edgeLabel, type CreateFault, type FaultView } from '#contracts';
import { AgentLinks } from '../agents/agent-links.service.js';
import { HaltState } from '../halt/halt-state.service.js';
import { KnownTopology } from '../state/known-topology.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { checkFault, checkNotHalted } from './check-fault.js';
import { FaultJournal } from './fault-journal.service.js';
import { FaultLeases } from './fault-leases.service.js';
import { FaultOrders } from './fault-orders.service.js';
import { FaultReader } from './fault-reader.service.js';
import { FaultTable, isOver } from './fault-table.service.js';
import { faultView } from './fault-view.js';

// An agent on a slow line answers in tens of milliseconds; after this the operator is told, and the fault is taken back.
const CONFIRM_WAIT_MS = 3_000;
const SEEDS = 2 ** 32;

/** Starting and stopping faults, on behalf of somebody. */
@Injectable()
export class Faults {
  constructor(
    private readonly table: FaultTable,
    private readonly reader: FaultReader,
    private readonly journal: FaultJournal,
    private readonly orders: FaultOrders,
    private readonly leases: FaultLeases,
    private readonly links: AgentLinks,
    private readonly halt: HaltState,
    private readonly topology: KnownTopology,
  ) {}

  /** Resolves once the agent has confirmed that the fault acts; otherwise rejects, and the fault is taken back. */
  async create(request: CreateFault, actor: string): Promise<FaultView> {
    const fault = planFault(request, { agent: this.check(request), actor });
    await this.journal.plan(fault, actor);
    this.table.add(fault);
    try {
      this.apply(fault);
      return faultView(await this.confirmed(fault));
    } catch (error) {
      this.journal.noteFailure(fault, actor, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Stops the fault and waits a little for the agent's word. One that is over is returned as it is. */
  async revert(id: string, actor: string): Promise<FaultView> {
    const fault = this.table.find(id);
    if (fault === null || fault.state === 'reverted') return this.reader.find(id);
    this.orders.revert(fault, 'stopped');
    this.journal.noteRevert(fault, actor);
    const after = await this.table.until(id, (now) => isOver(now) || now.state === 'revert-failed', this.links.isConnected(fault.agent) ? CONFIRM_WAIT_MS : 0);
    return faultView(after ?? fault);
  }

  private check(request: CreateFault): string {
    return checkFault(request, {
      halt: this.halt.current,
      isKnown: (edge) => this.topology.isKnown(edge),
      carrierOf: (edge) => this.links.carrierOf(edge),
      lastCarrierOf: (edge) => this.topology.lastCarrierOf(edge),
      faultOn: (edge) => this.table.on(edge),
    });
  }

  private apply(fault: FaultRow): void {
    try {
      // While the plan was on its way to disk somebody may have halted everything, or the agent may have gone.
      checkNotHalted(this.halt.current);
      this.sendOrder(fault);
    } catch (error) {
      this.table.change(fault.id, { type: 'refused', problem: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  private sendOrder(fault: FaultRow): void {
    const order = { faultId: fault.id, spec: fault.spec, target: fault.target, leaseTtlMs: LEASE_TTL_MS, notAfterMs: fault.durationMs, seed: randomInt(SEEDS) };
    this.leases.grant(fault.id);
    if (!this.links.send(fault.agent, { type: 'apply', order })) throw new AppError('AGENT_OFFLINE', { agent: fault.agent, target: edgeLabel(fault.target.edge) });
    this.table.change(fault.id, { type: 'ordered' });
  }

  private async confirmed(planned: FaultRow): Promise<FaultRow> {
    const fault = (await this.table.until(planned.id, (now) => now.state !== 'applying', CONFIRM_WAIT_MS)) ?? planned;
    if (fault.state === 'applying') {
      const silence = new AppError('AGENT_TIMEOUT', { agent: fault.agent, waitedMs: CONFIRM_WAIT_MS });
      this.orders.revert(fault, 'stopped', silence.message);
      throw silence;
    }
    if (fault.endReason === 'halted') checkNotHalted(this.halt.current);
    if (fault.endReason === 'refused') throw new AppError('AGENT_REFUSED', { agent: fault.agent, reason: fault.problem ?? 'it gave no reason' });
    return fault;
  }
}

function planFault(request: CreateFault, by: { readonly agent: string; readonly actor: string }): FaultRow {
  return {
    id: randomUUID(),
    spec: request.fault,
    target: request.target,
    edgeKey: edgeKeyText(request.target.edge),
    durationMs: request.durationMs,
    state: 'planned',
    agent: by.agent,
    createdBy: by.actor,
    createdAt: new Date(),
    appliedAt: null,
    endsAt: null,
    endedAt: null,
    revertedAt: null,
    endReason: null,
    problem: null,
    lastSeq: 0,
  };
}
