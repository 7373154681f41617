import { Injectable } from '@nestjs/common';
import type { CreateFault, FaultView } from '#contracts';
import { AgentLinks } from '../agents/agent-links.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { FaultCheck } from './fault-check.service.js';
import { FaultJournal } from './fault-journal.service.js';
import { FaultOrders } from './fault-orders.service.js';
import { FaultReader } from './fault-reader.service.js';
import { FaultStart } from './fault-start.service.js';
import { FaultTable, isOver } from './fault-table.service.js';
import { faultView } from './fault-view.js';
import { planFault } from './plan-fault.js';

// An agent on a slow line answers in tens of milliseconds; after this the operator is told, and the fault is taken back.
const CONFIRM_WAIT_MS = 3_000;

/** Starting and stopping faults, on behalf of somebody. */
@Injectable()
export class Faults {
  constructor(
    private readonly table: FaultTable,
    private readonly reader: FaultReader,
    private readonly journal: FaultJournal,
    private readonly orders: FaultOrders,
    private readonly starts: FaultStart,
    private readonly check: FaultCheck,
    private readonly links: AgentLinks,
  ) {}

  /** Resolves once the agent has confirmed that the fault acts; otherwise rejects, and the fault is taken back. */
  async create(request: CreateFault, actor: string): Promise<FaultView> {
    this.check.checkReach({ targets: 1, durationMs: request.durationMs, known: null });
    const fault = planFault(request, { agent: this.check.agentFor(request), actor, groupId: null });
    this.table.reserve([fault]);
    try {
      await this.journal.plan(fault, actor);
    } catch (error) {
      this.table.release([fault]);
      throw error;
    }
    return faultView(await this.start(fault, actor));
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

  private async start(fault: FaultRow, actor: string): Promise<FaultRow> {
    try {
      return await this.starts.start(fault, CONFIRM_WAIT_MS);
    } catch (error) {
      this.journal.noteFailure(fault, actor, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}
