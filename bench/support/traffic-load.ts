import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A child process that carries out one order of the proxy benchmark and reports. */
export type TrafficOrder =
  /** 64 bytes there and back, one at a time, on one connection. */
  | { readonly type: 'round-trips'; readonly port: number; readonly durationMs: number; readonly pauseMs: number }
  /** HTTP requests kept alive, one in flight on each connection. */
  | { readonly type: 'requests'; readonly port: number; readonly connections: number; readonly durationMs: number }
  /** Connect, one round trip, close; `connections` at a time. */
  | { readonly type: 'connects'; readonly port: number; readonly connections: number; readonly durationMs: number }
  /** Bytes one way, as fast as they go. */
  | { readonly type: 'stream'; readonly port: number; readonly bytes: number };

export interface TrafficResult {
  readonly count: number;
  readonly tookMs: number;
  /** Each round trip, for `round-trips`; empty otherwise. */
  readonly eachMs: readonly number[];
}

const PING = Buffer.alloc(64, 'p');
const REQUEST = Buffer.from('GET /bench HTTP/1.1\r\nHost: bench\r\n\r\n');
const ANSWER_BODY_BYTES = 128;
const BLOCK = Buffer.alloc(65_536, 'b');
const LAST_BYTE = '\n';

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

/** Writes `bytes` and resolves when as many as `isWhole` asks for came back. */
function exchange(socket: Socket, bytes: Buffer, isWhole: (got: Buffer) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      if (!isWhole(got)) return;
      socket.off('data', onData);
      socket.off('error', reject);
      resolve();
    };
    socket.on('data', onData);
    socket.once('error', reject);
    socket.write(bytes);
  });
}

const wholePing = (got: Buffer): boolean => got.length >= PING.length;

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}

async function roundTrips({ port, durationMs, pauseMs }: Extract<TrafficOrder, { type: 'round-trips' }>): Promise<number[]> {
  const socket = await opened(port);
  const eachMs: number[] = [];
  for (const endsAtMs = performance.now() + durationMs; performance.now() < endsAtMs; ) {
    const sentAtMs = performance.now();
    await exchange(socket, PING, wholePing);
    eachMs.push(performance.now() - sentAtMs);
    await pause(pauseMs);
  }
  socket.destroy();
  return eachMs;
}

/** A tight loop of callbacks: promises for each request would make the load generator the slowest part. */
function keepAsking(port: number, endsAtMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let count = 0;
    let got = 0;
    let wanted = 0;
    socket.on('connect', () => socket.write(REQUEST));
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      if (got === 0) wanted = chunk.indexOf('\r\n\r\n') + 4 + ANSWER_BODY_BYTES;
      got += chunk.length;
      if (got < wanted) return;
      got = 0;
      count += 1;
      if (performance.now() < endsAtMs) return void socket.write(REQUEST);
      socket.destroy();
      resolve(count);
    });
  });
}

async function keepConnecting(port: number, endsAtMs: number): Promise<number> {
  let count = 0;
  while (performance.now() < endsAtMs) {
    const socket = await opened(port);
    await exchange(socket, PING, wholePing);
    // A reset instead of TIME_WAIT: tens of thousands of closed connections would use up the ports of one address.
    socket.resetAndDestroy();
    count += 1;
  }
  return count;
}

function stream({ port, bytes }: Extract<TrafficOrder, { type: 'stream' }>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let left = bytes;
    let saidLast = false;
    let answer = '';
    const push = (): void => {
      while (left > 0) {
        left -= BLOCK.length;
        if (!socket.write(BLOCK)) return;
      }
      // Not the end of the connection: Toxiproxy 2.12 gives no answer to a caller who has ended its side.
      if (!saidLast) socket.write(LAST_BYTE);
      saidLast = true;
    };
    socket.on('connect', push);
    socket.on('drain', push);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`The connection ended; answered was: ${answer}`)));
    socket.on('data', (chunk) => {
      answer += String(chunk);
      if (!answer.endsWith('\n')) return;
      resolve(Number(answer));
      socket.destroy();
    });
  });
}

async function sum(connections: number, each: () => Promise<number>): Promise<number> {
  return (await Promise.all(Array.from({ length: connections }, each))).reduce((a, b) => a + b, 0);
}

async function run(order: TrafficOrder): Promise<TrafficResult> {
  const startedMs = performance.now();
  const done = (count: number, eachMs: readonly number[] = []): TrafficResult => ({ count, tookMs: performance.now() - startedMs, eachMs });
  switch (order.type) {
    case 'round-trips': {
      const eachMs = await roundTrips(order);
      return done(eachMs.length, eachMs);
    }
    case 'requests':
      return done(await sum(order.connections, () => keepAsking(order.port, startedMs + order.durationMs)));
    case 'connects':
      return done(await sum(order.connections, () => keepConnecting(order.port, startedMs + order.durationMs)));
    case 'stream':
      return done(await stream(order));
  }
}

process.on('message', (order: TrafficOrder) => {
  run(order).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
