import type { IncomingMessage } from 'node:http';

/** Room for some 20,000 proxies in one populate; more is a mistake or an attack on the memory of a process that carries traffic. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The whole body; `too-large` as soon as it is, with the rest left unread; `gone` when the connection ended in mid-body. */
export function readBody(request: IncomingMessage): Promise<Uint8Array | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve('too-large');
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}
