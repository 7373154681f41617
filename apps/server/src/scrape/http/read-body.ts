import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BodyTooLargeError, HttpError } from './http-client.js';

/** All of an answer's body, inflated where it is packed. The limit is checked on what comes out of each step, so a small body that stands for a huge one ends there. */
export async function readBody(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of inflated(answer) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new BodyTooLargeError(`body size limit exceeded: more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function inflated(answer: IncomingMessage): Readable {
  const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return answer;
  // The reader of the result hears of what fails.
  if (encoding === 'gzip' || encoding === 'x-gzip') return pipeline(answer, createGunzip(), () => undefined);
  answer.destroy();
  throw new HttpError(`the answer is encoded as ${JSON.stringify(encoding.slice(0, 50))}, which was not asked for`);
}
