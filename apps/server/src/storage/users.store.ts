import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import type { Role, UserView } from '#contracts';
import type { Transaction } from './unit-of-work.js';
import { UserEntity } from './user.entity.js';

@Injectable()
export class UsersStore {
  constructor(private readonly dataSource: DataSource) {}

  async list(): Promise<UserView[]> {
    const users = await this.dataSource.manager.find(UserEntity, { order: { name: 'ASC' } });
    return users.map(({ id, name, role, createdAt, lastSeenAt }) => ({ id, name, role, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt?.toISOString() ?? null }));
  }

  /** Locked until the transaction ends, so a role cannot change between the check and the act. */
  findForUpdate(transaction: Transaction, by: { id: string } | { name: string }): Promise<UserEntity | null> {
    return transaction.findOne(UserEntity, { where: by, lock: { mode: 'pessimistic_write' } });
  }

  /** Creates the user unless one of that name exists. */
  async insertIfMissing(transaction: Transaction, user: Omit<UserEntity, 'lastSeenAt'>): Promise<void> {
    await transaction.query('INSERT INTO app_user (id, name, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING', [user.id, user.name, user.role, user.createdAt]);
  }

  async setRole(transaction: Transaction, id: string, role: Role): Promise<void> {
    await transaction.update(UserEntity, { id }, { role });
  }

  /** Takes the user's sessions, links and tokens along. */
  async remove(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(UserEntity, { id });
  }

  /** The ids of all admins, locked in one order: two admins who remove each other at once take turns, and one stays. */
  async lockAdmins(transaction: Transaction): Promise<string[]> {
    const admins = await transaction.find(UserEntity, { where: { role: 'admin' }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    return admins.map((admin) => admin.id);
  }

  anAdminHasSignedIn(): Promise<boolean> {
    return this.dataSource.manager.exists(UserEntity, { where: { role: 'admin', lastSeenAt: Not(IsNull()) } });
  }

  async touch(transaction: Transaction, id: string, at: Date): Promise<void> {
    await transaction.update(UserEntity, { id }, { lastSeenAt: at });
  }
}
