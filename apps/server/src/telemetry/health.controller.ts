import { Controller, Get, Res } from '@nestjs/common';
import type { HealthView } from '#contracts';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/require.decorator.js';
import { ReadinessService } from './readiness.service.js';

@Controller()
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  /** The process lives. It says nothing about the database: restarting Faultline would not bring that back. */
  @Get('healthz')
  @Public()
  health(): HealthView {
    return { status: 'ok', checks: {} };
  }

  @Get('readyz')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthView> {
    const view = await this.readiness.check();
    void reply.status(view.status === 'ok' ? 200 : 503);
    return view;
  }
}
