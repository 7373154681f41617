import { z } from 'zod';

/** Roles, weakest first. What each may do is the table below and nothing else. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

export const PERMISSIONS = [
  'live.read',
  'faults.read',
  'faults.write',
  'halt.engage',
  'halt.resume',
  'agents.read',
  'agents.manage',
  'users.manage',
  'tokens.own',
  'audit.read',
  'telemetry.read',
  'metrics.write',
  'metrics.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

// Anyone signed in may halt: in the worst minute, the person who sees the damage first must not lack a right.
const VIEWER: readonly Permission[] = ['live.read', 'faults.read', 'halt.engage', 'agents.read', 'tokens.own', 'telemetry.read'];
const OPERATOR: readonly Permission[] = [...VIEWER, 'faults.write', 'metrics.write', 'metrics.manage'];

export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: VIEWER,
  operator: OPERATOR,
  admin: PERMISSIONS,
};

export function allows(role: Role, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}

export const userNameSchema = z.string().trim().min(1).max(80);

export const createSignInLinkSchema = z.strictObject({ name: userNameSchema, role: roleSchema });
/** `secret` is the fragment of a sign-in link: `<origin>/#sign-in=<secret>`. A fragment never reaches a server log. */
export const signInSchema = z.strictObject({ secret: z.string().min(20).max(200) });
export const createTokenSchema = z.strictObject({
  name: userNameSchema,
  role: roleSchema,
  expiresInDays: z.number().int().min(1).max(90),
  /** Of the series that the token may read: matchers in PromQL, like `{team="shop"}`; empty for all. */
  readScope: z.string().trim().max(1_000).default(''),
});

export interface SessionView {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly expiresAt: string;
}
export interface UserView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}
/** The link or the token is in this answer once and can never be read again. */
export interface SignInLinkView {
  readonly url: string;
  readonly expiresAt: string;
}
export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly readScope: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
}
export interface CreatedTokenView extends TokenView {
  readonly token: string;
}

/** One row of the append-only audit; `hash` covers the row and `previousHash`, so a changed past shows. */
export interface AuditRowView {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly outcome: 'done' | 'denied' | 'failed';
  readonly details: unknown;
  readonly hash: string;
  readonly previousHash: string;
}
