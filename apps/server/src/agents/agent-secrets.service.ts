import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { hashSecret } from '../access/secrets.js';
import { AgentsStore } from '../storage/agents.store.js';
import { isDatabaseUnavailable } from '../storage/database-failure.js';

/**
 * Who is enrolled, and which agent a secret belongs to. The database decides; while it is away the last known answer does, because an agent that cannot come back
 * could not be told to revert either.
 */
@Injectable()
export class AgentSecrets implements OnApplicationBootstrap {
  private readonly log = new Logger('Agents');
  private nameOfHash: ReadonlyMap<string, string> = new Map();
  private names: ReadonlySet<string> = new Set();

  constructor(private readonly store: AgentsStore) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
  }

  /** Null for a secret of nobody, or of an agent that was removed. */
  async agentOf(secret: string): Promise<string | null> {
    try {
      await this.refresh();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      this.log.warn('The database is away: an agent is admitted by what was known before');
    }
    return this.nameOfHash.get(hashSecret(secret)) ?? null;
  }

  async refresh(): Promise<void> {
    const agents = await this.store.list();
    this.nameOfHash = new Map(agents.map((agent) => [agent.secretHash, agent.name]));
    this.names = new Set(agents.map((agent) => agent.name));
  }

  /** The names of all that may connect, as last read. */
  get enrolled(): ReadonlySet<string> {
    return this.names;
  }
}
