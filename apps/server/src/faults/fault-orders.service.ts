import { Injectable } from '@nestjs/common';
import type { EndReason } from '#contracts';
import { AgentLinks } from '../agents/agent-links.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { FaultTable } from './fault-table.service.js';

/** What agents are told to undo. The message leaves first and the record follows: nothing stands between a stop and the target. */
@Injectable()
export class FaultOrders {
  constructor(
    private readonly links: AgentLinks,
    private readonly table: FaultTable,
  ) {}

  /** Tells the agent to let go. An agent that is away hears it when it is back; until then its lease ends the fault. */
  revert(fault: FaultRow, reason: EndReason, problem?: string): void {
    this.send(fault, reason);
    this.table.change(fault.id, { type: 'revert-ordered', reason, ...(problem !== undefined && { problem }) });
  }

  /** Says again what was ordered before: harmless when it was heard, needed when it was not. */
  repeatRevert(fault: FaultRow): void {
    this.send(fault, fault.endReason ?? 'stopped');
  }

  /** Tells every agent to let go of everything, also of what this server does not know. */
  revertAll(reason: EndReason): void {
    this.links.sendAll({ type: 'revert-all', reason });
    for (const fault of this.table.live()) this.table.change(fault.id, { type: 'revert-ordered', reason });
  }

  private send(fault: FaultRow, reason: EndReason): void {
    this.links.send(fault.agent, { type: 'revert', faultId: fault.id, reason });
  }
}
