import { AppError, ERRORS, type ErrorBody, type ErrorCode } from '#contracts';
import type { Invocation } from '../commands/command.js';

const DEFAULT_URL = 'http://127.0.0.1:7979';
// Applying waits for an agent, at most a few seconds; what takes longer is a server that hangs.
const ANSWER_WITHIN_MS = 30_000;

/** Faultline's HTTP API with the token of `FAULTLINE_TOKEN`, at `FAULTLINE_URL`. */
export class ServerApi {
  private constructor(
    private readonly origin: string,
    private readonly token: string,
  ) {}

  /** Throws USAGE_INVALID when the environment does not say where and as whom. */
  static from(environment: Invocation['environment'], usage: string): ServerApi {
    const url = environment['FAULTLINE_URL'] || DEFAULT_URL;
    const token = environment['FAULTLINE_TOKEN'] || '';
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new AppError('USAGE_INVALID', { problem: `FAULTLINE_URL must be a URL like ${DEFAULT_URL}, not "${url}"`, usage });
    if (token === '') throw new AppError('USAGE_INVALID', { problem: 'FAULTLINE_TOKEN is not set: create an API token under Access in Faultline and put it there', usage });
    return new ServerApi(new URL(url).origin, token);
  }

  get<T>(path: string): Promise<T> {
    return this.ask('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.ask('POST', path, body);
  }

  /** The body of a success. Throws the server's own AppError, or SERVER_UNREACHABLE. */
  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (response.ok) return (text === '' ? null : JSON.parse(text)) as T;
    throw errorOf(text) ?? new AppError('SERVER_UNREACHABLE', { reason: `${method} ${path} answered ${response.status}` });
  }

  private async send(method: string, path: string, body: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
    try {
      return await fetch(`${this.origin}${path}`, { method, headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS), ...(body !== undefined && { body: JSON.stringify(body) }) });
    } catch (cause) {
      throw new AppError('SERVER_UNREACHABLE', { reason: `${this.origin}: ${reasonOf(cause)}` }, { cause });
    }
  }
}

function errorOf(text: string): AppError | null {
  try {
    const { error } = JSON.parse(text) as ErrorBody;
    return Object.hasOwn(ERRORS, error.code) ? new AppError(error.code satisfies ErrorCode, error.details) : null;
  } catch {
    // Not an answer of Faultline: whatever stands between says so by its status.
    return null;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch hides the socket's own error one level down.
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
