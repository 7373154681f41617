import { randomUUID } from 'node:crypto';
import { HttpException, type LoggerService } from '@nestjs/common';
import { ZodError } from 'zod';
import { AppError, type ErrorCode } from '#contracts';
import { isDatabaseUnavailable } from '../storage/database-failure.js';
import { invalidRequest } from './invalid-request.js';

/**
 * Any failure as the AppError that may be shown. What nobody foresaw is logged in full under a new id, and only that id is shown: a stack or a
 * message of the database in an answer is a gift to an attacker.
 */
export function reportFailure(failure: unknown, log: Pick<LoggerService, 'error' | 'warn'>): AppError {
  const known = recognize(failure);
  if (known?.code === 'DATABASE_UNAVAILABLE') log.warn(`The database does not answer: ${String(failure)}`);
  if (known !== null) return known;
  const logId = randomUUID();
  log.error({ logId, err: failure }, `Unforeseen failure ${logId}`);
  return new AppError('INTERNAL', { logId }, { cause: failure });
}

function recognize(failure: unknown): AppError | null {
  if (failure instanceof AppError) return failure;
  if (failure instanceof ZodError) return invalidRequest(failure);
  if (failure instanceof HttpException) return ofHttpException(failure);
  return isDatabaseUnavailable(failure) ? new AppError('DATABASE_UNAVAILABLE', {}, { cause: failure }) : null;
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = { 413: 'BODY_TOO_LARGE', 415: 'MEDIA_TYPE_UNSUPPORTED' };

// The framework's own refusals: no such route, a body that is not JSON or too large, a broken URL.
function ofHttpException(exception: HttpException): AppError | null {
  const status = exception.getStatus();
  if (status === 404) return new AppError('NOT_FOUND', { what: 'route', id: exception.message.replace(/^Cannot /, '') }, { cause: exception });
  return status < 500 ? new AppError(CODE_OF_STATUS[status] ?? 'INVALID_REQUEST', { problems: exception.message }, { cause: exception }) : null;
}
