import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan } from 'typeorm';
import { AgentEntity } from './agent.entity.js';
import { EnrolTokenEntity } from './enrol-token.entity.js';
import type { Transaction } from './unit-of-work.js';

export interface EnrolledAgent {
  readonly name: string;
  readonly secretHash: string;
  readonly enrolledAt: Date;
}

@Injectable()
export class AgentsStore {
  constructor(private readonly dataSource: DataSource) {}

  list(): Promise<AgentEntity[]> {
    return this.dataSource.manager.find(AgentEntity, { order: { name: 'ASC' } });
  }

  /** Adds the agent, or gives the one of that name a new secret. */
  async enrol(transaction: Transaction, agent: EnrolledAgent): Promise<void> {
    await transaction.upsert(AgentEntity, agent, ['name']);
  }

  /** False when there is no agent of that name. */
  async remove(transaction: Transaction, name: string): Promise<boolean> {
    const { affected } = await transaction.delete(AgentEntity, { name });
    return affected === 1;
  }

  async noteSeen(name: string, seen: { version: string; at: Date }): Promise<void> {
    await this.dataSource.manager.update(AgentEntity, { name }, { version: seen.version, lastSeenAt: seen.at });
  }

  async addToken(transaction: Transaction, token: { tokenHash: string; expiresAt: Date }): Promise<void> {
    await transaction.insert(EnrolTokenEntity, token);
  }

  /** True for exactly one caller per token: the UPDATE itself is the test, so two cannot pass it. */
  async consumeToken(transaction: Transaction, use: { tokenHash: string; by: string; at: Date }): Promise<boolean> {
    const unused = { tokenHash: use.tokenHash, usedAt: IsNull(), expiresAt: MoreThan(use.at) };
    const { affected } = await transaction.update(EnrolTokenEntity, unused, { usedAt: use.at, usedBy: use.by });
    return affected === 1;
  }
}
