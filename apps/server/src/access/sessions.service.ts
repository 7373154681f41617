import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, PERMISSIONS_OF, type SessionView } from '#contracts';
import { AuditService } from '../audit/audit.service.js';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { SessionsStore } from '../storage/sessions.store.js';
import { SignInLinksStore } from '../storage/sign-in-links.store.js';
import { UnitOfWork, type Transaction } from '../storage/unit-of-work.js';
import { UsersStore } from '../storage/users.store.js';
import type { Identity } from './identity.js';
import { hashSecret, newSecret } from './secrets.js';
import { serializeSessionCookie } from './session-cookie.js';
import { SessionEvents } from './session-events.js';
import { SESSION_LIFE_MS, after, idleSince } from './session-life.js';

interface StartedSession {
  readonly view: SessionView;
  /** The Set-Cookie value. */
  readonly cookie: string;
}

/** Signing in and out. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(SERVER_CONFIG) private readonly config: ServerConfig,
    private readonly sessions: SessionsStore,
    private readonly links: SignInLinksStore,
    private readonly users: UsersStore,
    private readonly audit: AuditService,
    private readonly work: UnitOfWork,
    private readonly events: SessionEvents,
  ) {}

  /** Uses the link up and starts a session; throws SIGN_IN_LINK_INVALID. `address` is for the audit. */
  async signIn(linkSecret: string, address: string): Promise<StartedSession> {
    const started = await this.work.run((transaction) => this.start(transaction, linkSecret, address));
    if (started !== null) return started;
    await this.audit.record({ actor: address, action: 'session.start', subject: 'unknown link', outcome: 'denied', details: { address } });
    throw new AppError('SIGN_IN_LINK_INVALID');
  }

  /** Ends the session of `identity` and closes what is open in it; throws NOT_FOUND for a token, which has no session. */
  async signOut({ grant, principal }: Identity): Promise<void> {
    if (grant.kind !== 'session') throw new AppError('NOT_FOUND', { what: 'session of the token', id: grant.id });
    await this.work.run(async (transaction) => {
      await this.sessions.remove(transaction, grant.id);
      await this.audit.recordIn(transaction, { actor: principal.name, action: 'session.end', subject: grant.id, outcome: 'done', details: {} });
    });
    this.events.announce({ sessionId: grant.id });
  }

  /** Makes the browser forget its cookie. */
  expiredCookie(): string {
    return this.cookie('', 0);
  }

  private async start(transaction: Transaction, linkSecret: string, address: string): Promise<StartedSession | null> {
    const now = new Date();
    const userId = await this.links.consume(transaction, hashSecret(linkSecret), now);
    const user = userId === null ? null : await this.users.findForUpdate(transaction, { id: userId });
    if (user === null) return null;
    const secret = newSecret();
    const session = { id: randomUUID(), secretHash: hashSecret(secret), userId: user.id, createdAt: now, lastUsedAt: now, expiresAt: after(now, SESSION_LIFE_MS) };
    await this.sessions.removeOver(transaction, { now, idleSince: idleSince(now) });
    await this.links.removeOfUser(transaction, user.id);
    await this.sessions.insert(transaction, session);
    await this.users.touch(transaction, user.id, now);
    await this.audit.recordIn(transaction, { actor: user.name, action: 'session.start', subject: session.id, outcome: 'done', details: { address, role: user.role } });
    const principal = { id: user.id, name: user.name, role: user.role, via: 'session' as const, readScope: [] };
    return { view: sessionView({ principal, grant: { kind: 'session', id: session.id, expiresAt: session.expiresAt } }), cookie: this.cookie(secret, SESSION_LIFE_MS / 1_000) };
  }

  private cookie(secret: string, maxAgeSec: number): string {
    return serializeSessionCookie(secret, { maxAgeSec, secure: this.config.http.origin.startsWith('https:') });
  }
}

export function sessionView({ principal, grant }: Identity): SessionView {
  return { userId: principal.id, name: principal.name, role: principal.role, permissions: PERMISSIONS_OF[principal.role], expiresAt: grant.expiresAt.toISOString() };
}
