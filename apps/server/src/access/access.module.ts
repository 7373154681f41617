import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { SIGN_IN_LIMITER, signInLimiterProvider } from './attempt-limiter.provider.js';
import { Authenticator } from './authenticator.js';
import { DeniedAttempts } from './denied-attempts.js';
import { OwnToken } from './own-token.js';
import { RecentIdentities } from './recent-identities.js';
import { RouteCatalog } from './route-catalog.js';
import { SessionController } from './session.controller.js';
import { SessionEvents } from './session-events.js';
import { SessionsService } from './sessions.service.js';
import { SignInLinksService } from './sign-in-links.service.js';
import { SocketAuthenticator } from './socket-authenticator.js';
import { TokensController } from './tokens.controller.js';
import { TokensService } from './tokens.service.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

/** Who may come in, and what they may do. Global: the guard stands before every route of every module. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionController, UsersController, TokensController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    signInLimiterProvider,
    Authenticator,
    DeniedAttempts,
    OwnToken,
    RecentIdentities,
    RouteCatalog,
    SessionEvents,
    SessionsService,
    SignInLinksService,
    SocketAuthenticator,
    TokensService,
    UsersService,
  ],
  exports: [OwnToken, SIGN_IN_LIMITER, RouteCatalog, SessionEvents, SignInLinksService, SocketAuthenticator],
})
export class AccessModule {}
