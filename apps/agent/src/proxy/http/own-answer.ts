import { STATUS_CODES } from 'node:http';
import type { RequestVerdict } from '#faults';
import { announcement } from './head-edit.js';
import type { HeadFields } from './head-fields.js';

type Respond = Extract<RequestVerdict, { readonly type: 'respond' }>;

interface Asked {
  readonly isHead: boolean;
  /** False: the connection ends behind the answer. */
  readonly persistent: boolean;
}

/** An answer in place of the upstream's, framed by Content-Length. */
export function ownAnswer({ status, contentType, body }: Respond, asked: Asked, announced: readonly string[]): Buffer {
  // RFC 9110 sections 15.3.5 and 15.4.5: these have no content, and a length would be that of another answer.
  const bodiless = status === 204 || status === 304;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Fault'}`,
    ...(bodiless ? [] : [`Content-Type: ${contentType}`, `Content-Length: ${Buffer.byteLength(body)}`]),
    `Connection: ${asked.persistent ? 'keep-alive' : 'close'}`,
    ...(announced.length > 0 ? [announcement(announced)] : []),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${bodiless || asked.isHead ? '' : body}`);
}

/** What a caller gets whose bytes servers may frame in different ways. */
export function badRequest(problem: string): Buffer {
  const body = `Faultline refused this request: ${problem}. While a fault acts on requests, none may be read in two ways.\n`;
  return ownAnswer({ type: 'respond', status: 400, contentType: 'text/plain; charset=utf-8', body }, { isHead: false, persistent: false }, []);
}

/** Whether the sender of this head goes on with the connection behind the message (RFC 9112 section 9.3). */
export function isPersistent(head: HeadFields): boolean {
  return !head.close && (head.minorVersion === 1 || head.keepAlive);
}
