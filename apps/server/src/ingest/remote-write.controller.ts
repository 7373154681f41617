import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { remoteWriteVersion } from '#metrics';
import { Require } from '../access/require.decorator.js';
import { MetricStore } from '../metrics/metric-store.service.js';
import { WriteFailedError } from '../metrics/write-failed.js';
import type { WriteOutcome } from '../metrics/writer/metric-writer.js';
import type { WriteFailure } from '../metrics/writer/writer-messages.js';

const STATUS_OF: Readonly<Record<WriteFailure, number>> = { malformed: 400, 'too-large': 413, overloaded: 503, 'unknown-keys': 500, internal: 500 };
const RETRY_AFTER_SEC = 1;
const COUNTS = { samples: 'samples', histograms: 'histograms', exemplars: 'exemplars' } as const;

/**
 * Receiver of Prometheus' Remote-Write 1.0 and 2.0 (specifications, sections "Protocol" and "Required written response headers"). A success is answered after the commit. 400 means that
 * something can never be kept: the rest of the request was. 503 means try again: whatever of it was kept already will be seen as repeated.
 */
@Controller('prometheus/api/v1/write')
export class RemoteWriteController {
  constructor(private readonly store: MetricStore) {}

  @Post()
  @HttpCode(204)
  @Require('metrics.write')
  async write(@Headers() headers: Readonly<Record<string, string | undefined>>, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const version = remoteWriteVersion({ contentType: headers['content-type'], contentEncoding: headers['content-encoding'] });
    if (version.version === null) return answer(reply, 415, version.reason, null);
    if (!Buffer.isBuffer(body)) return answer(reply, 400, 'The body is empty.', null);
    try {
      const outcome = await this.store.write(version.version, ownBytes(body));
      const problems = outcome.refusals.filter(({ count }) => count > 0);
      if (problems.length === 0) return answer(reply, 204, '', outcome);
      return answer(reply, 400, problems.map(({ count, reason }) => (count === 1 ? reason : `${reason} (and ${count - 1} more like it)`)).join('\n'), outcome);
    } catch (error) {
      if (!(error instanceof WriteFailedError)) throw error;
      return answer(reply, STATUS_OF[error.failure], error.message, null);
    }
  }
}

// The counts stand in every answer, failures included: without them a sender takes the receiver for one that knows only 1.0.
function answer(reply: FastifyReply, status: number, text: string, outcome: WriteOutcome | null): void {
  for (const [name, count] of Object.entries(COUNTS)) void reply.header(`x-prometheus-remote-write-${name}-written`, String(outcome?.[count] ?? 0));
  if (status === 503) void reply.header('retry-after', String(RETRY_AFTER_SEC));
  void reply.status(status).type('text/plain; charset=utf-8').send(text);
}

/** Bytes with a buffer of their own, which can be handed to another thread: small ones share theirs with others. */
function ownBytes(body: Buffer): Uint8Array<ArrayBuffer> {
  return body.byteLength === body.buffer.byteLength && body.buffer instanceof ArrayBuffer ? new Uint8Array(body.buffer) : Uint8Array.from(body);
}
