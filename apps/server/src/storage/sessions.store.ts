import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Role } from '#contracts';
import { SessionEntity } from './session.entity.js';
import type { Transaction } from './unit-of-work.js';

/** What a request needs of a session and of whom it belongs to. */
export interface LiveSession extends Pick<SessionEntity, 'id' | 'lastUsedAt' | 'expiresAt'> {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}

// Asked with every request, so written by hand: to build the statement took the ORM longer than the database takes to answer.
const LIVE = `SELECT s.id, s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt", u.id AS "userId", u.name, u.role
  FROM session s JOIN app_user u ON u.id = s.user_id WHERE s.expires_at > $2 AND s.last_used_at > $3`;
const LIVE_BY = { id: `${LIVE} AND s.id = $1`, secretHash: `${LIVE} AND s.secret_hash = $1` };

@Injectable()
export class SessionsStore {
  constructor(private readonly dataSource: DataSource) {}

  async insert(transaction: Transaction, session: Omit<SessionEntity, 'user'>): Promise<void> {
    await transaction.insert(SessionEntity, session);
  }

  /** The session with its user, when it is neither over nor idle for longer than `idleSince` allows. */
  async findLive(by: { secretHash: string } | { id: string }, limits: { now: Date; idleSince: Date }): Promise<LiveSession | null> {
    const [text, value] = 'id' in by ? [LIVE_BY.id, by.id] : [LIVE_BY.secretHash, by.secretHash];
    const [found] = await this.dataSource.manager.query<LiveSession[]>(text, [value, limits.now, limits.idleSince]);
    return found ?? null;
  }

  /** Moves the idle limit of a session, and with it when its user was last seen. */
  async touch(id: string, at: Date): Promise<void> {
    await this.dataSource.manager.query('WITH used AS (UPDATE session SET last_used_at = $2 WHERE id = $1 RETURNING user_id) UPDATE app_user SET last_seen_at = $2 WHERE id IN (SELECT user_id FROM used)', [
      id,
      at,
    ]);
  }

  async remove(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(SessionEntity, { id });
  }

  async removeOver(transaction: Transaction, limits: { now: Date; idleSince: Date }): Promise<void> {
    await transaction.query('DELETE FROM session WHERE expires_at <= $1 OR last_used_at <= $2', [limits.now, limits.idleSince]);
  }
}
