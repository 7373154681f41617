import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import { haltSchema, resumeSchema, type HaltResult } from '#contracts';
import { CurrentPrincipal, actorOf, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { Halt } from './halt.service.js';

@Controller('api/halt')
export class HaltController {
  constructor(private readonly halt: Halt) {}

  /** The HaltView in force, or null. As text, because the framework answers a bare null with an empty body, which is no JSON. */
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @Require('live.read')
  current(): string {
    return JSON.stringify(this.halt.current());
  }

  @Post()
  @HttpCode(200)
  @Require('halt.engage')
  engage(@Body(new ZodPipe(haltSchema)) body: z.infer<typeof haltSchema>, @CurrentPrincipal() principal: Principal): Promise<HaltResult> {
    return this.halt.engage(body.reason, actorOf(principal));
  }

  @Post('resume')
  @HttpCode(204)
  @Require('halt.resume')
  resume(@Body(new ZodPipe(resumeSchema)) body: z.infer<typeof resumeSchema>, @CurrentPrincipal() principal: Principal): Promise<void> {
    return this.halt.resume(body.reason, actorOf(principal));
  }
}
