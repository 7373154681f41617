import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppError, ROLES, type Role } from '#contracts';
import { ApiTokensStore } from '../storage/api-tokens.store.js';
import { isDatabaseUnavailable } from '../storage/database-failure.js';
import { SessionsStore } from '../storage/sessions.store.js';
import type { Credentials, Identity } from './identity.js';
import { OwnToken } from './own-token.js';
import { parseReadScope } from './read-scope.js';
import { RecentIdentities } from './recent-identities.js';
import { hashSecret, matchesHash, parseToken } from './secrets.js';
import { readSessionCookie } from './session-cookie.js';
import { TOUCH_EVERY_MS, idleSince } from './session-life.js';
import { tokenOfHeader } from './token-of-header.js';

// A database that hangs rather than refuses: whoever stops a fault must not wait for its time limit.
const STOP_WAIT_MS = 1_000;

const OFTEN_MS = 2_000;

/** Finds out who sends a request or opens a socket. Calls read the database, so a deleted user or a changed role counts at once. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly tokens: ApiTokensStore,
    private readonly recent: RecentIdentities,
    private readonly own: OwnToken,
  ) {}

  /** Null without credentials, or with a session that is over. Throws SIGN_IN_REQUIRED for a bad token: a client that sent one means it. */
  async identify(credentials: Credentials): Promise<Identity | null> {
    const identity = await this.look(credentials, new Date());
    if (identity !== null) this.recent.remember(credentials, identity, Date.now());
    return identity;
  }

  /** As `identify`, for what is asked many times a second: a change of rights at another server counts a moment later, one at this server at once. */
  async identifyOften(credentials: Credentials): Promise<Identity | null> {
    return this.recent.recall(credentials, Date.now(), OFTEN_MS) ?? this.identify(credentials);
  }

  /** As `identify`; while the database is away, whoever was identified before still is. */
  async identifyToStop(credentials: Credentials): Promise<Identity | null> {
    const known = this.recent.recall(credentials, Date.now());
    const asked = this.identify(credentials);
    if (known === null) return asked;
    const answered = asked.catch((error: unknown) => {
      if (isDatabaseUnavailable(error)) return known;
      throw error;
    });
    const timer = new AbortController();
    const late = sleep(STOP_WAIT_MS, known, { signal: timer.signal });
    // Aborting rejects the wait that nobody listens to any more.
    late.catch(() => undefined);
    // An answer after the wait is over concerns nobody, whatever it is.
    answered.catch(() => undefined);
    return Promise.race([answered, late]).finally(() => timer.abort());
  }

  /** The same person's identity as it is now; null when it is gone. For connections that stay open. */
  async refresh(identity: Identity): Promise<Identity | null> {
    const now = new Date();
    const { kind, id } = identity.grant;
    return kind === 'session' ? this.bySession({ id }, now) : this.liveToken(id, now);
  }

  private async look({ authorization, cookie }: Credentials, now: Date): Promise<Identity | null> {
    if (authorization !== undefined) return this.own.identify(authorization) ?? this.byToken(authorization, now);
    const secret = readSessionCookie(cookie);
    return secret === null ? null : this.bySession({ secretHash: hashSecret(secret) }, now);
  }

  private async bySession(by: { secretHash: string } | { id: string }, now: Date): Promise<Identity | null> {
    const session = await this.sessions.findLive(by, { now, idleSince: idleSince(now) });
    if (session === null) return null;
    if (now.getTime() - session.lastUsedAt.getTime() >= TOUCH_EVERY_MS) await this.sessions.touch(session.id, now);
    const { userId, name, role } = session;
    return { principal: { id: userId, name, role, via: 'session', readScope: [] }, grant: { kind: 'session', id: session.id, expiresAt: session.expiresAt } };
  }

  private async byToken(authorization: string, now: Date): Promise<Identity> {
    const token = parseToken(tokenOfHeader(authorization) ?? '');
    const identity = token === null ? null : await this.liveToken(token.id, now, token.secret);
    if (identity === null) throw new AppError('SIGN_IN_REQUIRED');
    return identity;
  }

  private async liveToken(id: string, now: Date, secret?: string): Promise<Identity | null> {
    const token = await this.tokens.find(id);
    if (token === null || token.expiresAt <= now) return null;
    if (secret !== undefined && !matchesHash(secret, token.secretHash)) return null;
    if (token.lastUsedAt === null || now.getTime() - token.lastUsedAt.getTime() >= TOUCH_EVERY_MS) await this.tokens.touch(id, now);
    const principal = { id: token.userId, name: token.user.name, role: weaker(token.role, token.user.role), via: 'token' as const, readScope: parseReadScope(token.readScope) };
    return { principal, grant: { kind: 'token', id, expiresAt: token.expiresAt } };
  }
}

// A token made by an admin who is a viewer now may do what a viewer may.
function weaker(a: Role, b: Role): Role {
  return ROLES.indexOf(a) < ROLES.indexOf(b) ? a : b;
}
