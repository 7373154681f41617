import { connect } from 'node:net';

/** A child process that keeps `connections` sockets busy, one request in flight on each, and reports how many answers came and how long each took. */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly durationMs: number;
}
export interface LoadResult {
  readonly answers: number;
  readonly tookMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const REQUEST = 'GET /bench HTTP/1.1\r\nHost: bench\r\n\r\n';
/** Ends the fixed answer of http-echo; a scan for it is the cheapest client that still reads every byte. */
const ANSWER_BODY_BYTES = 128;

function drive(order: LoadOrder, onAnswer: (tookMs: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(order.port, '127.0.0.1');
    const endsAtMs = performance.now() + order.durationMs;
    let sentAtMs = 0;
    let pending = '';
    const send = (): void => {
      sentAtMs = performance.now();
      socket.write(REQUEST);
    };
    socket.setNoDelay(true);
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      pending += bytes.toString('latin1');
      const head = pending.indexOf('\r\n\r\n');
      if (head < 0 || pending.length < head + 4 + ANSWER_BODY_BYTES) return;
      pending = '';
      const nowMs = performance.now();
      onAnswer(nowMs - sentAtMs);
      if (nowMs < endsAtMs) return send();
      socket.destroy();
      resolve();
    });
  });
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const tookMs: number[] = [];
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: order.connections }, () => drive(order, (ms) => tookMs.push(ms))));
  const wallMs = performance.now() - startedMs;
  tookMs.sort((a, b) => a - b);
  const at = (q: number): number => tookMs[Math.floor(q * (tookMs.length - 1))] ?? Number.NaN;
  return { answers: tookMs.length, tookMs: wallMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
