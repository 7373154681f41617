import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AgentHoldingsView, AgentMessage } from '#contracts';
import { AgentLinks, type AgentEvent } from '../agents/agent-links.service.js';
import { AgentSecrets } from '../agents/agent-secrets.service.js';

type Told = Pick<Extract<AgentMessage, { type: 'holdings' }>, 'holdings' | 'watchdog'> & { readonly heardAt: Date };

/** What each agent said last that it holds: its own word beside what the server believes. */
@Injectable()
export class AgentHoldings implements OnModuleInit {
  private readonly told = new Map<string, Told>();

  constructor(
    private readonly links: AgentLinks,
    private readonly agents: AgentSecrets,
  ) {}

  onModuleInit(): void {
    this.links.events.follow((event) => this.followAgent(event));
  }

  /** Every enrolled agent, by name. */
  list(): AgentHoldingsView[] {
    return [...this.agents.enrolled].sort().map((agent) => {
      const told = this.told.get(agent);
      const { holdings, watchdog } = told ?? { holdings: [], watchdog: 'not-needed' as const };
      return { agent, connected: this.links.isConnected(agent), heardAt: told?.heardAt.toISOString() ?? null, watchdog, holdings };
    });
  }

  private followAgent(event: AgentEvent): void {
    if (event.type === 'removed') this.told.delete(event.name);
    if (event.type !== 'message' || event.message.type !== 'holdings') return;
    const { holdings, watchdog } = event.message;
    this.told.set(event.agent.name, { holdings, watchdog, heardAt: new Date() });
  }
}
