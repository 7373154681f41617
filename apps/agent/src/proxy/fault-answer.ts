import { STATUS_CODES } from 'node:http';
import type { RequestVerdict } from '#faults';
import type { HeadScanner } from './head-scanner.js';
import type { FaultAnswer } from './http-exchanges.js';

/** The answer a fault gives in place of the upstream, framed by Content-Length; the header names the fault, so nobody hunts a ghost. */
export function faultAnswer(verdict: Extract<RequestVerdict, { type: 'respond' }>, request: HeadScanner, faultId: string): FaultAnswer {
  const closes = endsConnection(request);
  const lines = [
    `HTTP/1.1 ${verdict.status} ${STATUS_CODES[verdict.status] ?? 'Fault'}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(verdict.body)}`,
    `Connection: ${closes ? 'close' : 'keep-alive'}`,
    `X-Faultline-Fault: ${faultId}`,
  ];
  const body = request.isHead ? '' : verdict.body;
  // A caller that waits for `100 Continue` may or may not send its body now, so it is answered at once and the connection ends (RFC 9110 section 10.1.1).
  return { bytes: Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`), status: verdict.status, ready: request.expectsContinue, closes };
}

function endsConnection(request: HeadScanner): boolean {
  const persistent = request.minorVersion === 1 ? !request.close : request.keepAlive && !request.close;
  return !persistent || request.expectsContinue;
}
