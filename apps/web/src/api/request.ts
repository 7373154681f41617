import { AppError, ERRORS } from '#contracts';
import type { ErrorCode, ErrorDetails } from '#contracts';

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * One call of Faultline's own HTTP API, with the session cookie. Returns the answer's JSON, or undefined for an empty answer.
 * Throws only AppError: what the server answered, or SERVER_UNREACHABLE when there was no answer to read.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  const body = await readBody(response);
  if (!response.ok) throw toAppError(response.status, body);
  return body as T;
}

async function send(path: string, { method = 'GET', body, signal }: RequestOptions): Promise<Response> {
  const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    return await fetch(path, { method, credentials: 'same-origin', ...content, ...(signal && { signal }) });
  } catch (cause) {
    // An abort is the caller's own doing and is reported as such, not as a server that is away.
    if (signal?.aborted) throw cause;
    throw new AppError('SERVER_UNREACHABLE', { reason: 'no connection' }, { cause });
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('SERVER_UNREACHABLE', { reason: `status ${response.status} without JSON` }, { cause });
  }
}

/** The error of an answer. A code this page does not know comes from a newer server and keeps its message as the reason. */
export function toAppError(status: number, body: unknown): AppError {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  if (isErrorCode(error.code)) return new AppError(error.code, isRecord(error.details) ? (error.details as ErrorDetails) : {});
  const reason = typeof error.message === 'string' ? error.message : `status ${status}`;
  return new AppError('SERVER_UNREACHABLE', { reason });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}
