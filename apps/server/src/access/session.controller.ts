import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { AppError, signInSchema, type SessionView } from '#contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import type { AttemptLimiter } from './attempt-limiter.js';
import { SIGN_IN_LIMITER } from './attempt-limiter.provider.js';
import type { AdmittedRequest, Identity } from './identity.js';
import { Public, SignedIn } from './require.decorator.js';
import { SessionsService, sessionView } from './sessions.service.js';

@Controller('api/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionsService,
    @Inject(SIGN_IN_LIMITER) private readonly limiter: AttemptLimiter,
  ) {}

  @Post()
  @Public()
  async signIn(@Body(new ZodPipe(signInSchema)) body: z.infer<typeof signInSchema>, @Req() request: AdmittedRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    this.limiter.check(request.ip, Date.now());
    const { view, cookie } = await this.sessions.signIn(body.secret, request.ip);
    this.limiter.succeeded(request.ip);
    void reply.header('set-cookie', cookie);
    return view;
  }

  @Get()
  @SignedIn()
  current(@Req() request: AdmittedRequest): SessionView {
    return sessionView(identityOf(request));
  }

  @Delete()
  @SignedIn()
  async signOut(@Req() request: AdmittedRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.signOut(identityOf(request));
    void reply.status(204).header('set-cookie', this.sessions.expiredCookie());
  }
}

function identityOf({ identity }: AdmittedRequest): Identity {
  if (identity === undefined) throw new AppError('SIGN_IN_REQUIRED');
  return identity;
}
