import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppError, type AgentView, type Capability, type EnrolledView } from '#contracts';
import { hashSecret, newSecret } from '../access/secrets.js';
import { AuditService } from '../audit/audit.service.js';
import type { AgentEntity } from '../storage/agent.entity.js';
import { AgentsStore } from '../storage/agents.store.js';
import { TopologyStore } from '../storage/topology.store.js';
import { UnitOfWork } from '../storage/unit-of-work.js';
import { WriteBehind } from '../storage/write-behind.js';
import { AgentLinks, type AgentEvent, type ConnectedAgent } from './agent-links.service.js';
import { connectedAgents } from './agent-metrics.js';
import { AgentSecrets } from './agent-secrets.service.js';
import { EnrolTokens } from './enrol-tokens.service.js';

/** The agents that may connect: enrolled, listed, removed. */
@Injectable()
export class Agents implements OnModuleInit {
  private readonly droppedReports = new Map<string, number>();
  private readonly capabilities = new Map<string, readonly Capability[]>();

  constructor(
    private readonly store: AgentsStore,
    private readonly topology: TopologyStore,
    private readonly work: UnitOfWork,
    private readonly writes: WriteBehind,
    private readonly audit: AuditService,
    private readonly tokens: EnrolTokens,
    private readonly secrets: AgentSecrets,
    private readonly links: AgentLinks,
  ) {}

  onModuleInit(): void {
    this.links.events.follow((event) => this.follow(event));
  }

  async list(): Promise<AgentView[]> {
    const agents = await this.store.list();
    return agents.map((agent) => this.view(agent));
  }

  /** Gives the agent a new secret, once. One of the same name loses its old secret and its connection: a name is one agent. */
  async enrol(request: { token: string; name: string }): Promise<EnrolledView> {
    const { name } = request;
    const secret = newSecret();
    await this.work.run(async (transaction) => {
      await this.tokens.consume(transaction, { token: request.token, by: name });
      await this.store.enrol(transaction, { name, secretHash: hashSecret(secret), enrolledAt: new Date() });
      await this.audit.recordIn(transaction, { actor: name, action: 'agent.enrol', subject: name, outcome: 'done', details: {} });
    });
    await this.secrets.refresh();
    this.links.close(name, 'This name was enrolled anew; the secret of this connection is void.');
    return { agent: name, secret };
  }

  /** Revokes the agent and closes its connection. Faults it holds are not renewed any more, so it lets go of them within a lease. */
  async remove(name: string, actor: string): Promise<void> {
    await this.work.run(async (transaction) => {
      if (!(await this.store.remove(transaction, name))) throw new AppError('NOT_FOUND', { what: 'agent', id: name });
      await this.topology.release(transaction, name);
      await this.audit.recordIn(transaction, { actor, action: 'agent.remove', subject: name, outcome: 'done', details: {} });
    });
    await this.secrets.refresh();
    this.links.expel(name);
  }

  private follow(event: AgentEvent): void {
    switch (event.type) {
      case 'connected':
        connectedAgents.inc();
        this.capabilities.set(event.agent.name, event.agent.capabilities);
        return this.noteSeen(event.agent);
      case 'disconnected':
        connectedAgents.dec();
        return this.noteSeen(event.agent);
      case 'message':
        return event.message.type === 'flow' ? this.countDropped(event.agent.name, event.message.report.droppedReports) : undefined;
      case 'described':
        return undefined;
      case 'removed':
        this.droppedReports.delete(event.name);
        this.capabilities.delete(event.name);
        return undefined;
      default:
        return event satisfies never;
    }
  }

  private noteSeen(agent: ConnectedAgent): void {
    const at = new Date();
    this.writes.push(`the agent ${agent.name} was seen`, () => this.store.noteSeen(agent.name, { version: agent.version, at }));
  }

  private countDropped(agent: string, dropped: number): void {
    if (dropped > 0) this.droppedReports.set(agent, (this.droppedReports.get(agent) ?? 0) + dropped);
  }

  private view(agent: AgentEntity): AgentView {
    const connected = this.links.find(agent.name);
    return {
      name: agent.name,
      connected: connected !== null,
      version: connected?.version ?? agent.version,
      lastSeenAt: connected === null ? (agent.lastSeenAt?.toISOString() ?? null) : new Date().toISOString(),
      edges: connected?.topology.edges.length ?? 0,
      droppedReports: this.droppedReports.get(agent.name) ?? 0,
      capabilities: this.capabilities.get(agent.name) ?? [],
    };
  }
}
