import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { AppError } from '#contracts';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { reportFailure } from '../errors/report-failure.js';
import { Authenticator } from './authenticator.js';
import type { Identity } from './identity.js';
import { allowedOrigins, checkOrigin } from './origin.js';
import type { Principal } from './principal.js';
import { SessionEvents, concerns, type AccessEnd } from './session-events.js';

// What other servers on the same database end (a deleted user, another role) takes effect here within this time; what this one ends, at once.
const RECHECK_EVERY_MS = 60_000;

/** `socket.data` after the handshake. */
export interface SocketAccess {
  principal: Principal;
  identity: Identity;
}

/**
 * Admits socket.io clients: by session cookie from one of our own pages, or by `auth: { token: 'flt_...' }` in the handshake. Closes them when their
 * access ends. A gateway uses it in `afterInit`: `server.use(this.authenticator.authenticateSocket)`; AccessGuard then checks each event.
 */
@Injectable()
export class SocketAuthenticator implements OnApplicationShutdown {
  private readonly log = new Logger('Access');
  private readonly open = new Set<Socket>();
  private readonly allowed: ReadonlySet<string>;
  private readonly unsubscribe: () => void;
  private readonly timer: NodeJS.Timeout;

  constructor(
    @Inject(SERVER_CONFIG) private readonly config: ServerConfig,
    private readonly authenticator: Authenticator,
    events: SessionEvents,
  ) {
    this.allowed = allowedOrigins(config.http.origin);
    this.unsubscribe = events.onEnd((end) => this.closeEnded(end));
    this.timer = setInterval(() => void this.recheck(), RECHECK_EVERY_MS);
    this.timer.unref();
  }

  readonly authenticateSocket = (socket: Socket, next: (error?: Error) => void): void => {
    this.admit(socket).then(
      () => next(),
      (error: unknown) => next(this.handshakeError(error)),
    );
  };

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.unsubscribe();
  }

  private async admit(socket: Socket): Promise<void> {
    const { headers, auth } = socket.handshake;
    const token: unknown = auth['token'];
    const authorization = typeof token === 'string' ? `Bearer ${token}` : headers.authorization;
    if (authorization === undefined) checkOrigin(headers.origin, { allowed: this.allowed, expected: this.config.http.origin });
    const identity = await this.authenticator.identify({ authorization, cookie: headers.cookie });
    if (identity === null) throw new AppError('SIGN_IN_REQUIRED');
    this.watch(socket, identity);
    // Asked again now that the socket is watched: an end announced between the first question and here would have met nobody.
    if (!(await this.keeps(socket))) throw new AppError('SIGN_IN_REQUIRED');
  }

  private watch(socket: Socket, identity: Identity): void {
    socket.data = { principal: identity.principal, identity } satisfies SocketAccess;
    this.open.add(socket);
    // `disconnect` is not emitted by a socket that was refused in the handshake; its connection closing is.
    socket.conn.once('close', () => this.open.delete(socket));
  }

  private closeEnded(end: AccessEnd): void {
    for (const socket of this.open) {
      if (concerns(end, (socket.data as SocketAccess).identity)) this.close(socket);
    }
  }

  private async recheck(): Promise<void> {
    for (const socket of [...this.open]) {
      // A database that is away ends nobody's view: the picture is most needed when things break, and it carries no secrets.
      const keeps = await this.keeps(socket).catch(() => true);
      if (!keeps) this.close(socket);
    }
  }

  private async keeps(socket: Socket): Promise<boolean> {
    const { identity } = socket.data as SocketAccess;
    if (identity.grant.expiresAt.getTime() <= Date.now()) return false;
    const current = await this.authenticator.refresh(identity);
    return current !== null && current.principal.role === identity.principal.role;
  }

  private close(socket: Socket): void {
    this.open.delete(socket);
    this.log.log(`Closed a live connection of ${(socket.data as SocketAccess).principal.name}: its access ended or changed`);
    socket.disconnect(true);
    // A socket still in its handshake ignores `disconnect`.
    socket.conn.close();
  }

  // socket.io hands `data` of the error to the client's `connect_error`.
  private handshakeError(error: unknown): Error {
    const { code, message } = reportFailure(error, this.log);
    return Object.assign(new Error(message), { data: { code, message } });
  }
}
