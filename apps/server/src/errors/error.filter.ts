import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ERRORS, type AppError, type ErrorBody } from '#contracts';
import { reportFailure } from './report-failure.js';

// For senders that ask by themselves; people read that it is tried again.
const AGAIN_AFTER_SEC = 1;

/** The one way from a failure to an HTTP answer: `{ error: { code, message, details } }` with the status of the code. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(failure: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = reportFailure(failure, this.log);
    // Headers that are out cannot be taken back; the connection was already answered or is gone.
    if (reply.sent) return;
    const { httpStatus } = ERRORS[error.code];
    const retryAfterSec = error.details['retryAfterSec'] ?? (httpStatus === 503 ? AGAIN_AFTER_SEC : undefined);
    if (retryAfterSec !== undefined) void reply.header('retry-after', String(retryAfterSec));
    void reply.status(httpStatus).send(errorBody(error));
  }
}

export function errorBody(error: AppError): ErrorBody {
  return { error: { code: error.code, message: error.message, details: error.details } };
}
