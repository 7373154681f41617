import { Agent, request } from 'node:http';
import { WriteBodies, type BodyShape } from './write-bodies.js';

/** A child process that posts requests of remote write, made beforehand, over several connections, and reports how long each acknowledgement took. */
export interface WriteOrder extends BodyShape {
  readonly url: string;
  readonly token: string | null;
  readonly rounds: number;
  readonly firstMs: number;
  readonly stepMs: number;
  readonly connections: number;
}
export interface WriteResult {
  readonly samples: number;
  readonly bytes: number;
  readonly tookMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 2xx, the first in words. */
  readonly refused: number;
  readonly firstRefusal: string | null;
}

const HEADERS = {
  1: { 'content-type': 'application/x-protobuf', 'x-prometheus-remote-write-version': '0.1.0' },
  2: { 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request', 'x-prometheus-remote-write-version': '2.0.0' },
} as const;

function makeBodies({ rounds, firstMs, stepMs, ...shape }: WriteOrder): Uint8Array[][] {
  const bodies = new WriteBodies(shape);
  return Array.from({ length: rounds }, (_, round) => bodies.round(round, firstMs + round * stepMs));
}

function post(order: WriteOrder, agent: Agent, body: Uint8Array): Promise<{ status: number; text: string }> {
  const headers = { ...HEADERS[order.version], 'content-encoding': 'snappy', 'content-length': body.length, ...(order.token === null ? {} : { authorization: `Bearer ${order.token}` }) };
  return new Promise((resolve, reject) => {
    const sent = request(order.url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.on('data', (bytes) => (text += String(bytes)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** As a sender's shards: a series always goes the same way, so its samples arrive in order; what is refused for now is sent again. */
async function run(order: WriteOrder, bodies: readonly Uint8Array[][]): Promise<WriteResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const tookMs: number[] = [];
  const refusals: string[] = [];
  const shard = async (which: number): Promise<void> => {
    for (const round of bodies) {
      for (let i = which; i < round.length; i += order.connections) {
        for (;;) {
          const sentAtMs = performance.now();
          const { status, text } = await post(order, agent, round[i]!);
          if (status < 300) tookMs.push(performance.now() - sentAtMs);
          else refusals.push(`${status}: ${text}`);
          if (status !== 503) break;
        }
      }
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: order.connections }, (_, which) => shard(which)));
  const wallMs = performance.now() - startedMs;
  agent.destroy();
  tookMs.sort((a, b) => a - b);
  const at = (q: number): number => tookMs[Math.floor(q * (tookMs.length - 1))] ?? Number.NaN;
  const bytes = bodies.flat().reduce((sum, { length }) => sum + length, 0);
  return { samples: order.series * order.rounds, bytes, tookMs: wallMs, p50Ms: at(0.5), p99Ms: at(0.99), refused: refusals.length, firstRefusal: refusals[0] ?? null };
}

let prepared: { readonly order: WriteOrder; readonly bodies: Uint8Array[][] } | null = null;
process.on('message', (message: WriteOrder | 'go') => {
  if (message !== 'go') {
    prepared = { order: message, bodies: makeBodies(message) };
    process.send?.('ready');
    return;
  }
  run(prepared!.order, prepared!.bodies).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
