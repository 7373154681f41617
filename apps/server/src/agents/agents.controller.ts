import { Body, Controller, Delete, Get, HttpCode, Inject, Ip, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { enrolSchema, nameSchema, type AgentView, type EnrolTokenView, type EnrolledView } from '#contracts';
import type { AttemptLimiter } from '../access/attempt-limiter.js';
import { SIGN_IN_LIMITER } from '../access/attempt-limiter.provider.js';
import { CurrentPrincipal, actorOf, type Principal } from '../access/principal.js';
import { Public, Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { Agents } from './agents.service.js';
import { ENROL_TOKEN_TTL_MS, EnrolTokens } from './enrol-tokens.service.js';

@Controller('api/agents')
export class AgentsController {
  constructor(
    private readonly agents: Agents,
    private readonly tokens: EnrolTokens,
    @Inject(SIGN_IN_LIMITER) private readonly limiter: AttemptLimiter,
  ) {}

  @Get()
  @Require('agents.read')
  list(): Promise<AgentView[]> {
    return this.agents.list();
  }

  @Post('tokens')
  @Require('agents.manage')
  issueToken(@CurrentPrincipal() principal: Principal): Promise<EnrolTokenView> {
    return this.tokens.issue(ENROL_TOKEN_TTL_MS, actorOf(principal));
  }

  @Post('enrol')
  @Public()
  enrol(@Body(new ZodPipe(enrolSchema)) body: z.infer<typeof enrolSchema>, @Ip() address: string): Promise<EnrolledView> {
    this.limiter.check(address, Date.now());
    return this.agents.enrol(body);
  }

  @Delete(':name')
  @HttpCode(204)
  @Require('agents.manage')
  remove(@Param('name', new ZodPipe(nameSchema)) name: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    return this.agents.remove(name, actorOf(principal));
  }
}
