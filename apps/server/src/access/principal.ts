import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AppError, type Role } from '#contracts';
import type { ReadScope } from './read-scope.js';

/** Who acts: a signed-in person, or a token acting for its owner with at most the owner's role. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly via: 'session' | 'token';
  /** Of the series in the metric store. */
  readonly readScope: ReadScope;
}

/** How the audit names a principal: what a stolen token did must not read like what its owner did. */
export function actorOf(principal: Principal): string {
  return principal.via === 'token' ? `${principal.name} (token)` : principal.name;
}

/** Where the guard (HTTP) and the socket authentication (socket.io) leave the principal. */
export interface PrincipalHolder {
  principal?: Principal;
}

/** The object that carries the principal: the Fastify request, or `socket.data` of a socket.io client. */
export function principalHolder(context: ExecutionContext): PrincipalHolder {
  if (context.getType() === 'ws') return context.switchToWs().getClient<{ data: PrincipalHolder }>().data;
  return context.switchToHttp().getRequest<PrincipalHolder>();
}

/** The principal of the request or socket, as a handler parameter; only for handlers that are not `@Public()`. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = principalHolder(context);
  if (principal === undefined) throw new AppError('SIGN_IN_REQUIRED');
  return principal;
});
