import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { SessionEntity } from './session.entity.js';
import type { Transaction } from './unit-of-work.js';

@Injectable()
export class SessionsStore {
  constructor(private readonly dataSource: DataSource) {}

  async insert(transaction: Transaction, session: Omit<SessionEntity, 'user'>): Promise<void> {
    await transaction.insert(SessionEntity, session);
  }

  /** The session with its user, when it is neither over nor idle for longer than `idleSince` allows. */
  async findLive(by: { secretHash: string } | { id: string }, limits: { now: Date; idleSince: Date }): Promise<SessionEntity | null> {
    // There is one at most. `find` and not `findOne`, for which the ORM asks twice, and this is asked with every request.
    const [session] = await this.dataSource.manager.find(SessionEntity, {
      where: { ...by, expiresAt: MoreThan(limits.now), lastUsedAt: MoreThan(limits.idleSince) },
      relations: { user: true },
    });
    return session ?? null;
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
