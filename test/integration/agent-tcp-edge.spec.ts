import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, proxyTo, quiet, startEdge } from '../support/proxied-edge.js';
import type { Peer, ProxiedEdge } from '../support/proxied-edge.js';

const echo = (peer: Peer): void => void peer.socket.on('data', (chunk: Buffer) => peer.socket.write(chunk));
let edge: ProxiedEdge;
afterEach(() => edge.close());

describe('a tcp edge without a fault', () => {
  it('passes bytes untouched both ways', async () => {
    edge = await startEdge('tcp', echo);
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256));
    const caller = await edge.dial();
    caller.write(bytes);
    await caller.until((it) => it.receivedBytes === bytes.length);
    expect(caller.received.equals(bytes)).toBe(true);
  });

  it('lets the upstream speak first', async () => {
    edge = await startEdge('tcp', (peer) => peer.write('220 ready\r\n'));
    const caller = await edge.dial();
    await caller.until((it) => it.text === '220 ready\r\n');
    expect(edge.meter.drain(0)?.outcomes).toEqual({ ok: 0, clientError: 0, serverError: 0, noResponse: 0 });
  });

  it('passes the FIN of the caller on, and the reply that follows it back', async () => {
    edge = await startEdge('tcp');
    const caller = await edge.dial();
    caller.socket.end('question');
    const upstream = await (await edge.upstream()).until((it) => it.ended);
    expect(upstream.text).toBe('question');
    upstream.socket.end('answer');
    await caller.until((it) => it.ended);
    expect(caller.text).toBe('answer');
    expect(caller.error).toBeNull();
  });

  it('passes the FIN of the upstream on, and what the caller still sends', async () => {
    edge = await startEdge('tcp');
    const caller = await edge.dial();
    const upstream = await edge.upstream();
    upstream.socket.end('goodbye');
    await caller.until((it) => it.ended);
    caller.socket.end('last words');
    await upstream.until((it) => it.ended);
    expect([caller.text, upstream.text]).toEqual(['goodbye', 'last words']);
  });

  it('passes a reset on as a reset, both ways', async () => {
    edge = await startEdge('tcp', echo);
    for (const side of ['caller', 'upstream'] as const) {
      const caller = await edge.dial();
      caller.write('x');
      await caller.until((it) => it.text === 'x');
      const upstream = await edge.upstream(edge.upstreams.length - 1);
      const ends = { caller, upstream };
      ends[side].socket.resetAndDestroy();
      const other = side === 'caller' ? upstream : caller;
      await other.until((it) => it.closed);
      expect(other.error).toBe('ECONNRESET');
    }
  });

  it('counts exchanges, bytes and connections', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    for (const word of ['one', 'three', 'fiver']) {
      const before = caller.receivedBytes;
      caller.write(word);
      await caller.until((it) => it.receivedBytes === before + word.length);
    }
    const second = edge.meter.drain(4);
    expect(second).toMatchObject({ edge: 4, outcomes: { ok: 3, noResponse: 0 }, faulted: 0, bytesSent: 13, bytesReceived: 13, connectionsOpened: 1, connectionsActive: 1 });
    expect(second?.latency.counts.reduce((sum, count) => sum + count)).toBe(3);
  });

  it('counts a connection that dies with an open question as noResponse', async () => {
    edge = await startEdge('tcp');
    const caller = await edge.dial();
    caller.write('anyone?');
    const upstream = await (await edge.upstream()).until((it) => it.text === 'anyone?');
    upstream.socket.resetAndDestroy();
    await caller.until((it) => it.closed);
    expect(edge.meter.drain(0)?.outcomes).toMatchObject({ ok: 0, noResponse: 1 });
  });

  it('does not take the goodbye of a protocol for a question', async () => {
    edge = await startEdge('tcp', (peer) => void peer.socket.on('end', () => peer.socket.end()));
    const caller = await edge.dial();
    caller.socket.end('X\0\0\0\x04');
    await caller.until((it) => it.closed);
    await (await edge.upstream()).until((it) => it.closed);
    expect(edge.meter.drain(0)?.outcomes).toEqual({ ok: 0, clientError: 0, serverError: 0, noResponse: 0 });
  });

  it('resets the caller when the upstream refuses, and counts it', async () => {
    edge = await startEdge('tcp');
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const refused = await proxyTo('tcp', port);
    const caller = await refused.dial();
    await caller.until((it) => it.closed);
    expect(caller.error).toBe('ECONNRESET');
    expect(refused.meter.drain(0)?.outcomes.noResponse).toBe(1);
    await refused.close();
  });

  it('reads no faster than the other side takes, in both directions', async () => {
    edge = await startEdge('tcp');
    const caller = await edge.dial();
    const upstream = await edge.upstream();
    for (const [from, to, taken] of [[caller, upstream, 'bytesSent'], [upstream, caller, 'bytesReceived']] as const) {
      to.socket.pause();
      const pieces = 64;
      for (let i = 0; i < pieces; i++) from.write(Buffer.alloc(1_048_576));
      await quiet(300);
      // What fits into the kernel's buffers and one chunk here; without backpressure all 64 MiB would have been read.
      expect(edge.meter[taken]).toBeLessThan(32 * 1_048_576);
      to.socket.resume();
      await to.until((it) => it.receivedBytes >= pieces * 1_048_576);
    }
  });
});

describe('a tcp edge with a fault', () => {
  it('latency holds each exchange back on connections that were open before, and not after it', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    const roundTripMs = async (): Promise<number> => {
      const [before, startedMs] = [caller.receivedBytes, performance.now()];
      caller.write('ping');
      await caller.until((it) => it.receivedBytes === before + 4);
      return performance.now() - startedMs;
    };
    await roundTripMs();
    edge.inject({ kind: 'latency', params: { latencyMs: 120, jitterMs: 0, share: 1 } });
    for (let i = 0; i < 3; i++) expect(await roundTripMs()).toBeGreaterThanOrEqual(119);
    await edge.lift();
    expect(await roundTripMs()).toBeLessThan(119);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 5 }, faulted: 3 });
  });

  it('lets held bytes go at once, in order, when latency is lifted', async () => {
    edge = await startEdge('tcp');
    const caller = await edge.dial();
    const upstream = await edge.upstream();
    edge.inject({ kind: 'latency', params: { latencyMs: 60_000, jitterMs: 0, share: 1 } });
    caller.write('first ');
    await quiet(50);
    caller.write('second');
    await quiet(50);
    expect(upstream.text).toBe('');
    await edge.lift();
    await upstream.until((it) => it.text === 'first second');
  });

  it('timeout is silent both ways, and resets what hangs when it is lifted', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    const bystander = await edge.dial();
    edge.inject({ kind: 'timeout', params: { closeAfterMs: 0, share: 1 } });
    caller.write('hello?');
    await quiet(100);
    (await edge.upstream()).write('unasked');
    await quiet(100);
    expect([(await edge.upstream()).text, caller.text, caller.closed]).toEqual(['', '', false]);
    await edge.lift();
    await caller.until((it) => it.closed);
    expect(caller.error).toBe('ECONNRESET');
    bystander.write('still here');
    await bystander.until((it) => it.text === 'still here');
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 1, noResponse: 1 }, faulted: 1 });
  });

  it('timeout closes a silent connection after closeAfterMs', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    edge.inject({ kind: 'timeout', params: { closeAfterMs: 80, share: 1 } });
    const startedMs = performance.now();
    caller.write('hello?');
    await caller.until((it) => it.ended || it.closed);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(79);
    expect(caller.text).toBe('');
  });

  it('notices a caller that gives up while it hangs', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    edge.inject({ kind: 'timeout', params: { closeAfterMs: 0, share: 1 } });
    caller.write('hello?');
    await quiet(50);
    caller.socket.destroy();
    await (await edge.upstream()).until((it) => it.closed || it.ended);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { noResponse: 1 }, faulted: 1, connectionsActive: 0 });
  });

  it('down resets open connections at once, lets the kernel refuse new ones, and serves again when lifted', async () => {
    edge = await startEdge('tcp', echo);
    const open = await edge.dial();
    open.write('x');
    await open.until((it) => it.text === 'x');
    edge.inject({ kind: 'down', params: {} });
    await open.until((it) => it.closed);
    expect(open.error).toBe('ECONNRESET');
    const fresh = await edge.dial();
    await fresh.until((it) => it.closed);
    expect(fresh.error).toBe('ECONNREFUSED');
    await edge.lift();
    const after = await edge.dial();
    after.write('y');
    await after.until((it) => it.text === 'y');
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 2 } });
  });

  it('is lifted without waiting for an upstream that takes nothing', async () => {
    edge = await startEdge('tcp');
    const caller = await edge.dial();
    const upstream = await edge.upstream();
    upstream.socket.pause();
    for (let i = 0; i < 32; i++) caller.write(Buffer.alloc(1_048_576));
    await quiet(200);
    const other = await edge.dial();
    edge.inject({ kind: 'latency', params: { latencyMs: 60_000, jitterMs: 0, share: 1 } });
    other.write('held');
    await quiet(50);
    await edge.lift();
    await (await edge.upstream(1)).until((it) => it.text === 'held');
    upstream.socket.resume();
    await upstream.until((it) => it.receivedBytes === 32 * 1_048_576);
  });
});
