import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '#contracts';
import { reportFailure } from '../errors/report-failure.js';
import { PrometheusError, STATUS_OF, type PrometheusErrorType } from './prometheus-error.js';

const TYPE_OF_CODE: Partial<Record<ErrorCode, PrometheusErrorType>> = {
  INVALID_REQUEST: 'bad_data',
  NOT_FOUND: 'not_found',
  SIGN_IN_REQUIRED: 'unauthorized',
  PERMISSION_DENIED: 'forbidden',
  ORIGIN_REFUSED: 'forbidden',
  DATABASE_UNAVAILABLE: 'unavailable',
};

/** Failures on these routes, those of the guard included, in Prometheus' envelope: `{ status: "error", errorType, error }`. */
@Catch()
export class PrometheusErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Prometheus API');

  catch(failure: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { type, message } = failure instanceof PrometheusError ? failure : this.translate(failure);
    if (reply.sent) return;
    void reply.status(STATUS_OF[type]).type('application/json').send({ status: 'error', errorType: type, error: message });
  }

  private translate(failure: unknown): PrometheusError {
    const { code, message } = reportFailure(failure, this.log);
    return new PrometheusError(TYPE_OF_CODE[code] ?? 'internal', message);
  }
}
