import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, ROLES, type CreatedTokenView, type Role, type TokenView } from '#contracts';
import { QueryError } from '#promql';
import { AuditService } from '../audit/audit.service.js';
import { ApiTokensStore } from '../storage/api-tokens.store.js';
import { UnitOfWork } from '../storage/unit-of-work.js';
import { actorOf, type Principal } from './principal.js';
import { parseReadScope } from './read-scope.js';
import { formatToken, hashSecret, newSecret } from './secrets.js';
import { SessionEvents } from './session-events.js';
import { DAY_MS, after } from './session-life.js';

interface TokenOrder {
  readonly name: string;
  readonly role: Role;
  readonly expiresInDays: number;
  readonly readScope: string;
}

/** API tokens of the signed-in user. */
@Injectable()
export class TokensService {
  constructor(
    private readonly tokens: ApiTokensStore,
    private readonly audit: AuditService,
    private readonly work: UnitOfWork,
    private readonly events: SessionEvents,
  ) {}

  list(owner: Principal): Promise<TokenView[]> {
    return this.tokens.listOf(owner.id);
  }

  /** The answer is the only time the token is readable. Throws PERMISSION_DENIED for a role above the owner's, or when a token asks. */
  async create(order: TokenOrder, owner: Principal): Promise<CreatedTokenView> {
    refuseTokenForToken(owner);
    if (ROLES.indexOf(order.role) > ROLES.indexOf(owner.role)) throw new AppError('PERMISSION_DENIED', { role: owner.role, permission: `role ${order.role}` });
    requireReadScope(order.readScope);
    const now = new Date();
    const secret = newSecret();
    const row = { id: randomUUID(), secretHash: hashSecret(secret), userId: owner.id, name: order.name, role: order.role, readScope: order.readScope, createdAt: now, expiresAt: after(now, order.expiresInDays * DAY_MS) };
    const view = { id: row.id, name: row.name, role: row.role, readScope: row.readScope, expiresAt: row.expiresAt.toISOString(), lastUsedAt: null };
    await this.work.run(async (transaction) => {
      await this.tokens.insert(transaction, row);
      await this.audit.recordIn(transaction, { actor: actorOf(owner), action: 'token.create', subject: row.id, outcome: 'done', details: view });
    });
    return { ...view, token: formatToken(row.id, secret) };
  }

  async remove(id: string, owner: Principal): Promise<void> {
    await this.work.run(async (transaction) => {
      if (!(await this.tokens.remove(transaction, { id, userId: owner.id }))) throw new AppError('NOT_FOUND', { what: 'token', id });
      await this.audit.recordIn(transaction, { actor: actorOf(owner), action: 'token.remove', subject: id, outcome: 'done', details: {} });
    });
    this.events.announce({ tokenId: id });
  }
}

function requireReadScope(text: string): void {
  try {
    parseReadScope(text);
  } catch (error) {
    if (error instanceof QueryError) throw new AppError('INVALID_REQUEST', { problems: `readScope: ${error.message}` }, { cause: error });
    throw error;
  }
}

// A leaked token could otherwise outlive its own end by making its successor.
function refuseTokenForToken(owner: Principal): void {
  if (owner.via === 'token') throw new AppError('PERMISSION_DENIED', { role: owner.role, permission: 'a session: tokens cannot make tokens' });
}
