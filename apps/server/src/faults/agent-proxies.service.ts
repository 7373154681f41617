import { Injectable } from '@nestjs/common';
import { AppError, type CreateProxy, type ProxyView } from '#contracts';
import { AgentRequests } from '../agents/agent-requests.service.js';
import { AgentSecrets } from '../agents/agent-secrets.service.js';
import { AuditService } from '../audit/audit.service.js';
import { HaltState } from '../halt/halt-state.service.js';
import { checkNotHalted } from './check-fault.js';

interface Change {
  readonly agent: string;
  readonly proxy: string;
  readonly actor: string;
  readonly action: 'proxy.create' | 'proxy.remove';
  readonly details: unknown;
}

/** The proxies of an agent, read and changed on behalf of somebody. An agent makes a proxy with all of its toxics or not at all. */
@Injectable()
export class AgentProxies {
  constructor(
    private readonly agents: AgentSecrets,
    private readonly requests: AgentRequests,
    private readonly halt: HaltState,
    private readonly audit: AuditService,
  ) {}

  async list(agent: string): Promise<readonly ProxyView[]> {
    this.checkEnrolled(agent);
    const answer = await this.requests.ask(agent, { type: 'list-proxies' }, 'these proxies');
    return answer.type === 'proxies' ? answer.proxies : refuse(agent, answer);
  }

  /** Throws PROXY_REFUSED with the agent's reason; HALTED for a proxy that would begin with a fault. */
  async create(agent: string, proxy: CreateProxy, actor: string): Promise<ProxyView> {
    this.checkEnrolled(agent);
    if (proxy.toxics.length > 0 || !proxy.enabled) checkNotHalted(this.halt.current);
    return this.recorded({ agent, proxy: proxy.name, actor, action: 'proxy.create', details: { agent, ...proxy } }, async () => {
      const answer = await this.requests.ask(agent, { type: 'make-proxy', proxy }, `the proxy ${proxy.name}`);
      return answer.type === 'proxy-made' ? answer.proxy : refuse(agent, answer);
    });
  }

  /** Throws PROXY_REFUSED with the agent's reason. */
  async remove(agent: string, proxy: string, actor: string): Promise<void> {
    this.checkEnrolled(agent);
    await this.recorded({ agent, proxy, actor, action: 'proxy.remove', details: { agent } }, async () => {
      const answer = await this.requests.ask(agent, { type: 'remove-proxy', name: proxy }, `the proxy ${proxy}`);
      if (answer.type !== 'proxy-removed') refuse(agent, answer);
    });
  }

  private checkEnrolled(agent: string): void {
    if (!this.agents.enrolled.has(agent)) throw new AppError('NOT_FOUND', { what: 'agent', id: agent });
  }

  private async recorded<T>({ proxy, actor, action, details }: Change, act: () => Promise<T>): Promise<T> {
    await this.audit.record({ actor, action, subject: proxy, outcome: 'done', details });
    try {
      return await act();
    } catch (error) {
      this.audit.note({ actor, action, subject: proxy, outcome: 'failed', details: { problem: error instanceof Error ? error.message : String(error) } });
      throw error;
    }
  }
}

function refuse(agent: string, answer: { readonly type: string; readonly reason?: string }): never {
  throw new AppError('PROXY_REFUSED', { agent, reason: answer.reason ?? `it answered "${answer.type}", which is no answer to that` });
}
