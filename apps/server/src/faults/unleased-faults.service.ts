import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { edgeLabel, type UnleasedFault, type UnleasedFaultView } from '#contracts';
import { AgentLinks, type AgentEvent } from '../agents/agent-links.service.js';
import { AuditService } from '../audit/audit.service.js';
import { HaltState } from '../halt/halt-state.service.js';
import { Changes } from '../state/changes.js';

// An agent that cannot let go of one must be told again, and not as fast as it answers.
const REPEAT_REVERT_EVERY_MS = 1_000;

/**
 * Faults without a lease, as each agent told of them last. They are not the server's: it shows them, keeps the record, and tells an agent to let go of
 * them while everything is halted. What an absent agent told of last stays, because nothing ends it there but its process.
 */
@Injectable()
export class UnleasedFaults implements OnModuleInit {
  readonly changes = new Changes<readonly UnleasedFaultView[]>('faults without a lease');
  private readonly log = new Logger('Faults');
  private readonly byAgent = new Map<string, readonly UnleasedFault[]>();
  private readonly repeats = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly links: AgentLinks,
    private readonly halt: HaltState,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.links.events.follow((event) => this.followAgent(event));
  }

  list(): UnleasedFaultView[] {
    return [...this.byAgent].flatMap(([agent, faults]) => faults.map((fault) => ({ ...fault, agent })));
  }

  /** Resolves when no connected agent tells of any; after `waitMs` whatever there still is. */
  async untilGone(waitMs: number): Promise<void> {
    if (!this.anyConnected()) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        unfollow();
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      const unfollow = this.changes.follow(() => (this.anyConnected() ? undefined : done()));
    });
  }

  private anyConnected(): boolean {
    return [...this.byAgent].some(([agent, faults]) => faults.length > 0 && this.links.isConnected(agent));
  }

  private followAgent(event: AgentEvent): void {
    if (event.type === 'message' && event.message.type === 'unleased') this.hear(event.agent.name, event.message.faults);
    // Nobody waits for the word of who is gone.
    if (event.type === 'removed') this.byAgent.delete(event.name);
    if (event.type === 'removed' || event.type === 'disconnected') this.changes.publish(this.list());
  }

  private hear(agent: string, faults: readonly UnleasedFault[]): void {
    const before = this.byAgent.get(agent) ?? [];
    if (faults.length === 0) this.byAgent.delete(agent);
    else this.byAgent.set(agent, faults);
    this.record(agent, before, faults);
    this.changes.publish(this.list());
    this.endWhileHalted(agent);
  }

  private record(agent: string, before: readonly UnleasedFault[], after: readonly UnleasedFault[]): void {
    const [former, current] = [byKey(before), byKey(after)];
    for (const [key, fault] of current) {
      const known = former.get(key);
      if (known === undefined) this.note(agent, 'unleased.begin', fault);
      else if (JSON.stringify(known.toxic) !== JSON.stringify(fault.toxic)) this.note(agent, 'unleased.change', fault);
    }
    for (const [key, fault] of former) if (!current.has(key)) this.note(agent, 'unleased.end', fault);
  }

  private note(agent: string, action: string, { proxy, edge, toxic }: UnleasedFault): void {
    this.audit.note({ actor: `toxiproxy api of ${agent}`, action, subject: proxy, outcome: 'done', details: { edge: edgeLabel(edge), toxic: toxic ?? 'disabled' } });
  }

  private endWhileHalted(agent: string): void {
    if (this.halt.current === null || !this.byAgent.has(agent) || this.repeats.has(agent)) return;
    this.log.warn(`The agent ${agent} tells of faults without a lease while everything is halted: it is told to end them`);
    this.links.send(agent, { type: 'revert-all', reason: 'halted' });
    const again = (): void => {
      this.repeats.delete(agent);
      if (this.links.isConnected(agent)) this.endWhileHalted(agent);
    };
    this.repeats.set(agent, setTimeout(again, REPEAT_REVERT_EVERY_MS).unref());
  }
}

function byKey(faults: readonly UnleasedFault[]): Map<string, UnleasedFault> {
  return new Map(faults.map((fault) => [JSON.stringify([fault.proxy, fault.toxic?.name ?? null]), fault]));
}
