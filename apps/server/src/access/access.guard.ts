import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AppError, allows, type Permission } from '#contracts';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { Authenticator } from './authenticator.js';
import { DeniedAttempts } from './denied-attempts.js';
import type { AdmittedRequest, Identity } from './identity.js';
import { allowedOrigins, checkOrigin, type OriginRule } from './origin.js';
import { principalHolder, type Principal } from './principal.js';
import { DECLARED_ACCESS, type DeclaredAccess } from './require.decorator.js';
import { readSessionCookie } from './session-cookie.js';
import { isBearer } from './token-of-header.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

// What ends a fault must not wait for the database. Starting one needs `faults.write` too, and is refused further on while the database is away.
const STOPS_FAULTS: readonly Permission[] = ['halt.engage', 'faults.write'];

// Senders of samples ask hundreds of times a second, and a dashboard opens with dozens of queries, most of them quicker than a look into the database.
const ASKED_OFTEN: readonly Permission[] = ['metrics.write', 'telemetry.read'];

/**
 * The one place where rights are checked, for every HTTP route and every socket event. Deny by default: the start already refuses a handler without
 * a declaration (RouteCatalog), and should one get here all the same, it is denied.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly originRule: OriginRule;

  constructor(
    @Inject(SERVER_CONFIG) config: ServerConfig,
    private readonly authenticator: Authenticator,
    private readonly denied: DeniedAttempts,
  ) {
    this.originRule = { allowed: allowedOrigins(config.http.origin), expected: config.http.origin };
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = Reflect.getMetadata(DECLARED_ACCESS, context.getHandler()) as DeclaredAccess | undefined;
    if (context.getType() === 'ws') checkRight(access, principalHolder(context).principal);
    else await this.admit(access, context.switchToHttp().getRequest<AdmittedRequest>());
    return true;
  }

  private async admit(access: DeclaredAccess | undefined, request: AdmittedRequest): Promise<void> {
    try {
      this.checkRequestOrigin(request);
      if (access?.kind !== 'public') await this.identify(access, request);
      checkRight(access, request.principal);
    } catch (error) {
      if (error instanceof AppError && !SAFE_METHODS.has(request.method)) await this.denied.record(request, error);
      throw error;
    }
  }

  private async identify(access: DeclaredAccess | undefined, request: AdmittedRequest): Promise<void> {
    const identity = await this.identityFor(access?.kind === 'permission' ? access.permission : null, request.headers);
    if (identity === null) return;
    request.identity = identity;
    request.principal = identity.principal;
  }

  private identityFor(permission: Permission | null, headers: AdmittedRequest['headers']): Promise<Identity | null> {
    if (permission !== null && STOPS_FAULTS.includes(permission)) return this.authenticator.identifyToStop(headers);
    return permission !== null && ASKED_OFTEN.includes(permission) ? this.authenticator.identifyOften(headers) : this.authenticator.identify(headers);
  }

  // A browser attaches the cookie, and a password that it knows, to whatever a page asks for, so a change must come from our own page. A bearer token is never attached by itself.
  private checkRequestOrigin({ method, headers }: AdmittedRequest): void {
    if (SAFE_METHODS.has(method) || isBearer(headers.authorization)) return;
    if (headers.origin !== undefined || readSessionCookie(headers.cookie) !== null) checkOrigin(headers.origin, this.originRule);
  }
}

function checkRight(access: DeclaredAccess | undefined, principal: Principal | undefined): void {
  if (access?.kind === 'public') return;
  if (principal === undefined) throw new AppError('SIGN_IN_REQUIRED');
  if (access?.kind === 'signed-in') return;
  const permission = access?.permission;
  if (permission === undefined || !allows(principal.role, permission)) throw new AppError('PERMISSION_DENIED', { role: principal.role, permission: permission ?? '(undeclared)' });
}
