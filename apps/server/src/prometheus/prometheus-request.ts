import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import type { Matcher } from '#metrics';
import { principalHolder } from '../access/principal.js';
import { RequestForm } from './request-form.js';

/** What a handler of Prometheus' API needs of its request. */
export interface PrometheusRequest {
  readonly form: RequestForm;
  readonly scope: readonly Matcher[];
  /** Aborted when the client goes before it has its answer. */
  readonly signal: AbortSignal;
}

/** The request as a handler parameter; only for handlers that are not `@Public()`. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): PrometheusRequest => {
  const http = context.switchToHttp();
  const { body, query } = http.getRequest<FastifyRequest>();
  const { principal } = principalHolder(context);
  if (principal === undefined) throw new AppError('SIGN_IN_REQUIRED');
  return { form: new RequestForm(body, query), scope: principal.readScope, signal: whenGone(http.getResponse<FastifyReply>()) };
});

function whenGone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
