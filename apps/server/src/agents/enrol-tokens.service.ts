import { Injectable } from '@nestjs/common';
import { AppError, type EnrolTokenView } from '#contracts';
import { hashSecret, newSecret } from '../access/secrets.js';
import { AuditService } from '../audit/audit.service.js';
import { AgentsStore } from '../storage/agents.store.js';
import { UnitOfWork, type Transaction } from '../storage/unit-of-work.js';

/** Long enough to paste it on another machine, short enough that one left in a terminal is worth nothing. */
export const ENROL_TOKEN_TTL_MS = 15 * 60_000;

/** Who issues a token when nobody asked: the server at its start. */
const SELF = 'faultline';

/** Single-use tokens with which an agent gets its secret. */
@Injectable()
export class EnrolTokens {
  constructor(
    private readonly store: AgentsStore,
    private readonly work: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  /** The token is in this answer and nowhere else: only its SHA-256 is kept. */
  async issue(ttlMs: number = ENROL_TOKEN_TTL_MS, actor: string = SELF): Promise<EnrolTokenView> {
    const token = newSecret();
    const expiresAt = new Date(Date.now() + ttlMs);
    await this.work.run(async (transaction) => {
      await this.store.addToken(transaction, { tokenHash: hashSecret(token), expiresAt });
      await this.audit.recordIn(transaction, { actor, action: 'agent.token', subject: 'enrolment', outcome: 'done', details: { expiresAt: expiresAt.toISOString() } });
    });
    return { token, expiresAt: expiresAt.toISOString() };
  }

  /** Uses a token up within the caller's transaction; throws ENROL_TOKEN_INVALID when it is used, expired or unknown. */
  async consume(transaction: Transaction, use: { token: string; by: string }): Promise<void> {
    const consumed = await this.store.consumeToken(transaction, { tokenHash: hashSecret(use.token), by: use.by, at: new Date() });
    if (!consumed) throw new AppError('ENROL_TOKEN_INVALID');
  }
}
