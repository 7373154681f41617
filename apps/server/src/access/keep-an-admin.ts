import { AppError, type Role } from '#contracts';

/** Throws LAST_ADMIN when `user`, who is about to go or to lose the role, is the only one among `adminIds`. */
export function keepAnAdmin(user: { readonly id: string; readonly role: Role }, adminIds: readonly string[]): void {
  if (user.role === 'admin' && !adminIds.some((id) => id !== user.id)) throw new AppError('LAST_ADMIN');
}
