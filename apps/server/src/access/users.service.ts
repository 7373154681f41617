import { Injectable } from '@nestjs/common';
import { AppError, type UserView } from '#contracts';
import { AuditService } from '../audit/audit.service.js';
import { UnitOfWork } from '../storage/unit-of-work.js';
import { UsersStore } from '../storage/users.store.js';
import { keepAnAdmin } from './keep-an-admin.js';
import { actorOf, type Principal } from './principal.js';
import { SessionEvents } from './session-events.js';

@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersStore,
    private readonly audit: AuditService,
    private readonly work: UnitOfWork,
    private readonly events: SessionEvents,
  ) {}

  list(): Promise<UserView[]> {
    return this.users.list();
  }

  /** Removes a user with all sessions and tokens, and closes what they hold open; throws NOT_FOUND or LAST_ADMIN. */
  async remove(id: string, by: Principal): Promise<void> {
    await this.work.run(async (transaction) => {
      // Admins before the user, everywhere: one order of locks, no deadlock.
      const adminIds = await this.users.lockAdmins(transaction);
      const user = await this.users.findForUpdate(transaction, { id });
      if (user === null) throw new AppError('NOT_FOUND', { what: 'user', id });
      keepAnAdmin(user, adminIds);
      await this.users.remove(transaction, id);
      await this.audit.recordIn(transaction, { actor: actorOf(by), action: 'user.remove', subject: user.name, outcome: 'done', details: { id, role: user.role } });
    });
    this.events.announce({ userId: id });
  }
}
