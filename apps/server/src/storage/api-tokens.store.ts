import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { TokenView } from '#contracts';
import { ApiTokenEntity } from './api-token.entity.js';
import type { Transaction } from './unit-of-work.js';

@Injectable()
export class ApiTokensStore {
  constructor(private readonly dataSource: DataSource) {}

  async insert(transaction: Transaction, token: Omit<ApiTokenEntity, 'user' | 'lastUsedAt'>): Promise<void> {
    await transaction.insert(ApiTokenEntity, token);
  }

  /** The token with its owner; a token whose owner is gone is gone with them. */
  async find(id: string): Promise<ApiTokenEntity | null> {
    // `find` and not `findOne`, for which the ORM asks twice, and this is asked with every request.
    const [token] = await this.dataSource.manager.find(ApiTokenEntity, { where: { id }, relations: { user: true } });
    return token ?? null;
  }

  async listOf(userId: string): Promise<TokenView[]> {
    const tokens = await this.dataSource.manager.find(ApiTokenEntity, { where: { userId }, order: { createdAt: 'DESC' } });
    return tokens.map(tokenView);
  }

  async touch(id: string, at: Date): Promise<void> {
    await this.dataSource.manager.update(ApiTokenEntity, { id }, { lastUsedAt: at });
  }

  /** False when the user has no such token. */
  async remove(transaction: Transaction, of: { id: string; userId: string }): Promise<boolean> {
    const { affected } = await transaction.delete(ApiTokenEntity, of);
    return (affected ?? 0) > 0;
  }
}

function tokenView({ id, name, role, readScope, expiresAt, lastUsedAt }: ApiTokenEntity): TokenView {
  return { id, name, role, readScope, expiresAt: expiresAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
