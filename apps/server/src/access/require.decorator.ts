import { SetMetadata } from '@nestjs/common';
import type { Permission } from '#contracts';

/** Who may call a route or send a socket event. Every handler declares exactly one; a handler without one stops the start. */
export type DeclaredAccess = { readonly kind: 'public' } | { readonly kind: 'signed-in' } | { readonly kind: 'permission'; readonly permission: Permission };

export const DECLARED_ACCESS = 'faultline:access';

/** Needs a session or token whose role has `permission`. */
export const Require = (permission: Permission): MethodDecorator => SetMetadata(DECLARED_ACCESS, { kind: 'permission', permission } satisfies DeclaredAccess);

/** Anyone, without signing in. */
export const Public = (): MethodDecorator => SetMetadata(DECLARED_ACCESS, { kind: 'public' } satisfies DeclaredAccess);

/** Any session or token, whatever its role. */
export const SignedIn = (): MethodDecorator => SetMetadata(DECLARED_ACCESS, { kind: 'signed-in' } satisfies DeclaredAccess);
