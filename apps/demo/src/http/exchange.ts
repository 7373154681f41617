import { request as httpRequest } from 'node:http';
import type { Agent, IncomingMessage } from 'node:http';

export interface ExchangeRequest {
  readonly agent: Agent;
  readonly host: string;
  readonly port: number;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Null waits for ever. */
  readonly timeoutMs: number | null;
}

export type ExchangeResult =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** `timeout`: given up after `timeoutMs`; `unreachable`: refused, reset or cut off before the answer was complete. */
  | { readonly kind: 'failed'; readonly reason: 'timeout' | 'unreachable' };

/** One HTTP/1.1 request and its whole answer. Never rejects: what went wrong on the wire is a value. */
export function exchange(request: ExchangeRequest): Promise<ExchangeResult> {
  return new Promise((resolve) => {
    const { agent, host, port, method, path, headers, body, timeoutMs } = request;
    const length: Record<string, string> = body === null ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = httpRequest({ agent, host, port, method, path, headers: { ...headers, ...length } });
    const timer = timeoutMs === null ? null : setTimeout(() => settle({ kind: 'failed', reason: 'timeout' }), timeoutMs);
    // Settling twice is normal: destroying a timed-out request raises its error event, and a promise keeps its first answer.
    const settle = (result: ExchangeResult): void => {
      if (timer !== null) clearTimeout(timer);
      resolve(result);
      if (result.kind === 'failed') outgoing.destroy();
    };
    outgoing.on('response', (response) => collect(response, settle));
    outgoing.on('error', () => settle({ kind: 'failed', reason: 'unreachable' }));
    outgoing.end(body ?? undefined);
  });
}

function collect(response: IncomingMessage, settle: (result: ExchangeResult) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => settle({ kind: 'answered', status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
  response.on('error', () => settle({ kind: 'failed', reason: 'unreachable' }));
  // A connection that closes in the middle of a body ends the response without `end`.
  response.on('close', () => {
    if (!response.complete) settle({ kind: 'failed', reason: 'unreachable' });
  });
}
