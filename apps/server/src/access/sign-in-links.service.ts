import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Role, SignInLinkView } from '#contracts';
import { AuditService } from '../audit/audit.service.js';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { SignInLinksStore } from '../storage/sign-in-links.store.js';
import { UnitOfWork, type Transaction } from '../storage/unit-of-work.js';
import { UsersStore } from '../storage/users.store.js';
import { keepAnAdmin } from './keep-an-admin.js';
import { actorOf, type Principal } from './principal.js';
import { hashSecret, newSecret } from './secrets.js';
import { SessionEvents } from './session-events.js';
import { LINK_LIFE_MS, START_LINK_LIFE_MS, after } from './session-life.js';

/** Who the link of a start signs in. */
const OWNER = { name: 'owner', role: 'admin' as const };

interface LinkOrder {
  readonly name: string;
  readonly role: Role;
  readonly lifeMs: number;
  readonly actor: string;
}

/** Makes one-time sign-in links. The link of a name nobody has creates the user; of a user with another role, it changes the role. */
@Injectable()
export class SignInLinksService {
  constructor(
    @Inject(SERVER_CONFIG) private readonly config: ServerConfig,
    private readonly links: SignInLinksStore,
    private readonly users: UsersStore,
    private readonly audit: AuditService,
    private readonly work: UnitOfWork,
    private readonly events: SessionEvents,
  ) {}

  create(wanted: { name: string; role: Role }, by: Principal): Promise<SignInLinkView> {
    return this.issue({ ...wanted, lifeMs: LINK_LIFE_MS, actor: actorOf(by) });
  }

  /** The link that a start prints; null when the configuration wants one only for the first admin, and there is one. */
  async createAtStart(): Promise<SignInLinkView | null> {
    if (this.config.access.signInLink === 'first' && (await this.users.anAdminHasSignedIn())) return null;
    return this.issue({ ...OWNER, lifeMs: START_LINK_LIFE_MS, actor: 'server start' });
  }

  private async issue(order: LinkOrder): Promise<SignInLinkView> {
    const now = new Date();
    const secret = newSecret();
    const expiresAt = after(now, order.lifeMs);
    const changedUserId = await this.work.run(async (transaction) => {
      const user = await this.userFor(transaction, order, now);
      await this.links.removeExpired(transaction, now);
      await this.links.insert(transaction, { secretHash: hashSecret(secret), userId: user.id, expiresAt });
      const details = { role: order.role, previousRole: user.previousRole, expiresAt: expiresAt.toISOString() };
      await this.audit.recordIn(transaction, { actor: order.actor, action: 'sign-in-link.create', subject: order.name, outcome: 'done', details });
      return user.previousRole === order.role ? null : user.id;
    });
    if (changedUserId !== null) this.events.announce({ userId: changedUserId });
    return { url: `${this.config.http.origin}/#sign-in=${secret}`, expiresAt: expiresAt.toISOString() };
  }

  private async userFor(transaction: Transaction, { name, role }: LinkOrder, now: Date): Promise<{ id: string; previousRole: Role }> {
    await this.users.insertIfMissing(transaction, { id: randomUUID(), name, role, createdAt: now });
    // Admins before the user, everywhere: one order of locks, no deadlock.
    const adminIds = await this.users.lockAdmins(transaction);
    const user = await this.users.findForUpdate(transaction, { name });
    if (user === null) throw new Error(`The user ${name} was removed while a link was made for it.`);
    if (user.role !== role) {
      keepAnAdmin(user, adminIds);
      await this.users.setRole(transaction, user.id, role);
    }
    return { id: user.id, previousRole: user.role };
  }
}
