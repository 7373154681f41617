import { goJsonText } from './go-json/go-text.js';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Problem {
  readonly error: string;
  readonly status: number;
}

export const EMPTY: Answer = { status: 204, headers: {}, body: '' };
export const METHOD_NOT_ALLOWED: Answer = { status: 405, headers: {}, body: '' };
export const PAGE_NOT_FOUND: Answer = plainText(404, '404 page not found\n');
/** Go answers an unreadable request so, and closes. */
export const BAD_REQUEST: Answer = { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }, body: '400 Bad Request' };
export const TIMED_OUT: Answer = { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html><head><title>Timeout</title></head><body><h1>Timeout</h1></body></html>' };

export const PROXY_NOT_FOUND = { error: 'proxy not found', status: 404 } as const;
export const PROXY_EXISTS = { error: 'proxy already exists', status: 409 } as const;
export const TOXIC_NOT_FOUND = { error: 'toxic not found', status: 404 } as const;
export const TOXIC_EXISTS = { error: 'toxic already exists', status: 409 } as const;
export const INVALID_TYPE = { error: 'invalid toxic type', status: 400 } as const;
export const INVALID_STREAM = { error: 'stream was invalid, can be either upstream or downstream', status: 400 } as const;

export function badBody(problem: string): Problem {
  return { error: `bad request body: ${problem}`, status: 400 };
}

export function missing(field: string): Problem {
  return { error: `missing required field: ${field}`, status: 400 };
}

export function json(status: number, text: string): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: text };
}

/** JSON in the body, yet sent as text: so Toxiproxy does it. */
export function refused({ error, status }: Problem): Answer {
  return plainText(status, `${goJsonText({ error, status })}\n`);
}

export function movedTo(location: string): Answer {
  return { status: 301, headers: { location }, body: '' };
}

export function plainText(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }, body };
}
