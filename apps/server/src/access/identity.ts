import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

/** What proved the principal: the session or token, and when it ends at the latest. */
export interface Grant {
  readonly kind: 'session' | 'token';
  readonly id: string;
  readonly expiresAt: Date;
}
export interface Identity {
  readonly principal: Principal;
  readonly grant: Grant;
}

/** What a request or handshake brings to prove who sent it. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

/** A request as the guard leaves it. */
export type AdmittedRequest = FastifyRequest & { principal?: Principal; identity?: Identity };
