import { connect, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { compileToxic, seeded } from '#faults';
import type { EdgeRule } from '#faults';
import { NO_COUNTS } from '../support/fake-agent.js';
import { FAULT_ID, listen, quiet, startEdge } from '../support/proxied-edge.js';
import type { Peer, ProxiedEdge } from '../support/proxied-edge.js';

let edge: ProxiedEdge;
afterEach(() => edge.close());

const echo = (peer: Peer): void => void peer.socket.on('data', (bytes) => peer.socket.write(bytes));

function toxic(type: Parameters<typeof compileToxic>[0]['type'], attributes: Record<string, number>, { stream = 'downstream', toxicity = 1 }: { stream?: 'upstream' | 'downstream'; toxicity?: number } = {}): EdgeRule {
  return compileToxic({ name: type, type, stream, toxicity, attributes }, seeded(7));
}

/** Milliseconds of one round trip on a connection whose upstream gives everything back. */
async function roundTripMs(caller: Peer): Promise<number> {
  const [before, startedMs] = [caller.receivedBytes, performance.now()];
  caller.write('ping');
  await caller.until((it) => it.receivedBytes === before + 4);
  return performance.now() - startedMs;
}

describe('faults on connections', () => {
  it('blackhole holds both streams and heals with every byte intact', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    await roundTripMs(caller);
    edge.inject({ kind: 'blackhole', params: {} });
    for (let i = 0; i < 100; i++) caller.write(`message ${i};`);
    await quiet(150);
    expect([caller.text, (await edge.upstream()).text, caller.closed]).toEqual(['ping', 'ping', false]);
    await edge.lift();
    const all = `ping${Array.from({ length: 100 }, (_, i) => `message ${i};`).join('')}`;
    await caller.until((it) => it.text === all);
  });

  it('half-open lets the target forget without telling the caller, and resets when it ends', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    await roundTripMs(caller);
    edge.inject({ kind: 'half-open', params: {} });
    const upstream = await edge.upstream();
    await upstream.until((it) => it.closed);
    caller.write('into the void');
    await quiet(150);
    expect([caller.text, caller.closed, caller.ended]).toEqual(['ping', false, false]);
    await edge.lift();
    await caller.until((it) => it.closed);
    expect(caller.error).toBe('ECONNRESET');
  });

  it('connect-delay serves a new connection late and an open one as before', async () => {
    edge = await startEdge('tcp', echo);
    const open = await edge.dial();
    await roundTripMs(open);
    edge.inject({ kind: 'connect-delay', params: { delayMs: 150 } });
    expect(await roundTripMs(await edge.dial())).toBeGreaterThanOrEqual(145);
    expect(await roundTripMs(open)).toBeLessThan(145);
  });

  it('reset is an RST on a live connection, also while bytes wait that nobody reads', async () => {
    edge = await startEdge('tcp', (peer) => {
      peer.socket.pause();
    });
    const caller = await edge.dial();
    for (let i = 0; i < 32; i++) caller.write(Buffer.alloc(1_048_576));
    await quiet(100);
    edge.inject({ kind: 'reset', params: { afterMs: 50 } });
    await caller.until((it) => it.closed);
    // Writing on may be told first, as a broken pipe.
    expect(['ECONNRESET', 'EPIPE']).toContain(caller.error);
    expect(edge.meter.drain(0)).toMatchObject({ connectionsActive: 0 });
  });

  it('refuses while two faults keep the port closed, until the second is lifted', async () => {
    edge = await startEdge('tcp', echo);
    const down: EdgeRule = { announce: false, listener: 'closed', openConnections: 'reset', forConnection: () => null };
    edge.proxy.apply({ faultId: 'one', rule: down });
    edge.proxy.apply({ faultId: 'two', rule: down });
    await edge.proxy.lift('one');
    const refused = await edge.dial();
    expect(refused.error).toBe('ECONNREFUSED');
    await edge.proxy.lift('two');
    await roundTripMs(await edge.dial());
  });

  it('says so when the port was taken meanwhile, and comes back at the next try', async () => {
    edge = await startEdge('tcp', echo);
    const { port } = edge.proxy;
    edge.inject({ kind: 'down', params: {} });
    const thief = createServer();
    await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve));
    await expect(edge.lift()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => thief.close(resolve));
    await edge.lift();
    await roundTripMs(await edge.dial());
  });

  it('adds up two faults and takes them away one by one', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    edge.proxy.apply({ faultId: 'first', rule: toxic('latency', { latency: 60 }) });
    edge.proxy.apply({ faultId: 'second', rule: toxic('latency', { latency: 60 }, { stream: 'upstream' }) });
    expect(await roundTripMs(caller)).toBeGreaterThanOrEqual(119);
    await edge.proxy.lift('first');
    expect(await roundTripMs(caller)).toBeLessThan(119);
    await edge.proxy.lift('second');
    expect(await roundTripMs(caller)).toBeLessThan(59);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 3 }, faulted: 2 });
  });

  it('serves a probe under its own rule, towards its own upstream, and counts nothing', async () => {
    edge = await startEdge('tcp', echo);
    const rule = toxic('latency', { latency: 5 });
    const own = createServer((socket) => socket.on('data', () => socket.write('probe')));
    const front = createServer({ pauseOnConnect: true }, (client) => {
      edge.proxy.acceptProbe(client, { faultId: FAULT_ID, rule, upstream: { host: '127.0.0.1', port: ownPort } });
    });
    const ownPort = await listen(own);
    const frontPort = await listen(front);
    edge.proxy.apply({ faultId: FAULT_ID, rule });
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(frontPort, '127.0.0.1', () => socket.write('?'));
      socket.on('data', (bytes) => resolve(String(bytes)));
      socket.on('data', () => socket.destroy());
    });
    expect(answer).toBe('probe');
    expect(edge.upstreams).toHaveLength(0);
    expect(edge.meter.drain(0)).toMatchObject(NO_COUNTS);
    await edge.lift();
    front.close();
    own.close();
  });
});

describe('toxics', () => {
  it('keeps replies after a half-close', async () => {
    edge = await startEdge('tcp', (peer) => void peer.socket.on('end', () => peer.socket.end('the reply')));
    edge.proxy.apply({ faultId: FAULT_ID, rule: toxic('latency', { latency: 20 }) });
    const caller = await edge.dial();
    caller.socket.end('the request');
    await caller.until((it) => it.ended);
    expect([caller.text, (await edge.upstream()).text]).toEqual(['the reply', 'the request']);
  });

  it('does nothing at toxicity 0, whatever the toxic', async () => {
    edge = await startEdge('tcp', echo);
    for (const type of ['reset_peer', 'timeout', 'limit_data'] as const) edge.proxy.apply({ faultId: type, rule: toxic(type, {}, { toxicity: 0 }) });
    for (let i = 0; i < 20; i++) await roundTripMs(await edge.dial());
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 20, noResponse: 0 } });
  });

  it('goes away at once although nobody reads what it holds', async () => {
    edge = await startEdge('tcp', (peer) => {
      peer.socket.pause();
    });
    const caller = await edge.dial();
    edge.proxy.apply({ faultId: FAULT_ID, rule: toxic('bandwidth', { rate: 1 }, { stream: 'upstream' }) });
    for (let i = 0; i < 32; i++) caller.write(Buffer.alloc(1_048_576));
    await quiet(100);
    await edge.lift();
    const upstream = await edge.upstream();
    upstream.socket.resume();
    await upstream.until((it) => it.receivedBytes === 32 * 1_048_576);
  });

  it('counts bytes while the connection lives', async () => {
    edge = await startEdge('tcp', echo);
    const caller = await edge.dial();
    await roundTripMs(caller);
    expect(edge.proxy.bytes).toEqual({ upstream: { received: 4, sent: 4 }, downstream: { received: 4, sent: 4 } });
  });

  it('keeps what limit_data has counted when it is changed', async () => {
    edge = await startEdge('tcp', echo);
    edge.proxy.apply({ faultId: FAULT_ID, rule: toxic('limit_data', { bytes: 100 }) });
    const caller = await edge.dial();
    await roundTripMs(caller);
    edge.proxy.apply({ faultId: FAULT_ID, rule: toxic('limit_data', { bytes: 6 }) });
    caller.write('more');
    await caller.until((it) => it.ended || it.closed);
    expect(caller.text).toBe('pingmo');
  });

  it('timeout swallows, and closes the connection when it is taken away', async () => {
    edge = await startEdge('tcp', echo);
    edge.proxy.apply({ faultId: FAULT_ID, rule: toxic('timeout', { timeout: 0 }) });
    const caller = await edge.dial();
    caller.write('hello?');
    await quiet(100);
    expect([caller.text, caller.closed]).toEqual(['', false]);
    await edge.lift();
    await caller.until((it) => it.closed || it.ended);
    expect(caller.text).toBe('');
  });
});
