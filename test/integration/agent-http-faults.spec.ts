import { seededRandom } from '#faults';
import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_ID, quiet, startEdge } from '../support/proxied-edge.js';
import type { Peer, ProxiedEdge } from '../support/proxied-edge.js';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const countOf = (text: string, part: string): number => text.split(part).length - 1;

/** Answers every request without a body, in order. */
function answering(peer: Peer): void {
  let answered = 0;
  peer.socket.on('data', () => {
    for (const due = countOf(peer.text, '\r\n\r\n'); answered < due; answered++) peer.socket.write(answer);
  });
}

let edge: ProxiedEdge;
afterEach(() => edge.close());

async function ask(caller: Peer, request = get('/')): Promise<number> {
  const [before, startedMs] = [countOf(caller.text, 'HTTP/1.1 '), performance.now()];
  caller.write(request);
  await caller.until((it) => countOf(it.text, 'HTTP/1.1 ') > before || it.closed);
  return performance.now() - startedMs;
}

const latency = (latencyMs: number, share = 1) => ({ kind: 'latency', params: { latencyMs, jitterMs: 0, on: 'request', share, announce: false } }) as const;
const abort = (httpStatus: number, announce = false) => ({ kind: 'abort', params: { httpStatus, contentType: 'text/plain', on: 'request', share: 1, announce } }) as const;
const timeout = (closeAfterMs: number, share = 1) => ({ kind: 'timeout', params: { closeAfterMs, share } }) as const;

describe('latency on an http edge', () => {
  it('holds each request back, on connections that were open before, and none after it', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    await ask(caller);
    edge.inject(latency(120));
    expect(await ask(caller)).toBeGreaterThanOrEqual(119);
    expect(await ask(caller)).toBeGreaterThanOrEqual(119);
    await edge.lift();
    expect(await ask(caller)).toBeLessThan(119);
    const second = edge.meter.drain(0);
    expect(second).toMatchObject({ outcomes: { ok: 4 }, faulted: 2 });
    expect(second?.latency.sumMs).toBeGreaterThanOrEqual(238);
  });

  it('keeps pipelined requests in order, late together and not one after the other', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    edge.inject(latency(150));
    const startedMs = performance.now();
    caller.write(get('/1') + get('/2') + get('/3') + get('/4'));
    await caller.until((it) => countOf(it.text, 'HTTP/1.1 200') === 4);
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(149);
    expect(tookMs).toBeLessThan(450);
    expect((await edge.upstream()).text).toBe(get('/1') + get('/2') + get('/3') + get('/4'));
  });

  it('lets everything held go at once when it is lifted, with its body, in order', async () => {
    edge = await startEdge('http', answering);
    const post = 'POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nfoobar';
    const caller = await edge.dial();
    edge.inject(latency(60_000));
    caller.write(post.slice(0, -3));
    await quiet(30);
    caller.write(post.slice(-3) + get('/2'));
    await quiet(30);
    expect((await edge.upstream()).text).toBe('');
    await edge.lift();
    await (await edge.upstream()).until((it) => it.text === post + get('/2'));
  });

  it('sends a head that was still incomplete on when it is lifted', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    edge.inject(latency(60_000));
    caller.write('GET / HT');
    await quiet(30);
    await edge.lift();
    await (await edge.upstream()).until((it) => it.text === 'GET / HT');
    caller.write('TP/1.1\r\n\r\n');
    await caller.until((it) => it.text === answer);
  });

  it('dials again when the upstream closes the idle connection while a request is held', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    await ask(caller);
    edge.inject(latency(300));
    const asked = ask(caller);
    await quiet(30);
    (await edge.upstream(0)).socket.end();
    await asked;
    expect(caller.text).toBe(answer + answer);
    expect((await edge.upstream(1)).text).toBe(get('/'));
    expect(edge.meter.drain(0)?.outcomes).toMatchObject({ ok: 2, noResponse: 0 });
  });

  it('does not let the FIN of a caller overtake its held request', async () => {
    edge = await startEdge('http');
    const caller = await edge.dial();
    edge.inject(latency(150));
    caller.socket.end(get('/last'));
    const upstream = await (await edge.upstream()).until((it) => it.ended);
    expect(upstream.text).toBe(get('/last'));
    upstream.socket.end(answer);
    await caller.until((it) => it.ended);
    expect(caller.text).toBe(answer);
  });

  it('changes no byte of any stream, however it is cut and whenever the fault comes and goes', async () => {
    edge = await startEdge('http');
    const messages = [get('/a'), 'POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\nabc\r\n\r\n', 'PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb;x=y\r\nhello world\r\n0\r\nT: 1\r\n\r\n', `\r\n${get('/d')}`];
    const random = seededRandom(99);
    const below = (n: number): number => Math.floor(random() * n);
    for (let run = 0; run < 25; run++) {
      const caller = await edge.dial();
      const stream = Array.from({ length: 1 + below(12) }, () => messages[below(messages.length)]).join('');
      for (let at = 0; at < stream.length; ) {
        const length = 1 + below(60);
        caller.write(stream.slice(at, at + length));
        at += length;
        if (below(3) === 0) edge.inject(latency(1 + below(3), 0.5));
        if (below(4) === 0) await edge.lift();
        if (below(2) === 0) await quiet(below(2));
      }
      const upstream = await (await edge.upstream(run)).until((it) => it.receivedBytes >= stream.length);
      expect(upstream.text).toBe(stream);
    }
  });

  it('hits the stated share of requests', async () => {
    edge = await startEdge('http', answering);
    edge.inject(latency(1, 0.3));
    const caller = await edge.dial();
    for (let i = 0; i < 200; i++) await ask(caller);
    const second = edge.meter.drain(0);
    expect(second?.outcomes.ok).toBe(200);
    // Six standard deviations of a binomial count with n = 200, p = 0.3; the seed is fixed, so it is the same every time.
    expect(Math.abs((second?.faulted ?? 0) - 60)).toBeLessThan(39);
  });
});

describe('abort on an http edge', () => {
  it('answers itself, keeps the connection, and the upstream sees nothing', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    edge.inject(abort(503, true));
    await ask(caller);
    await ask(caller, 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n');
    expect(countOf(caller.text, 'HTTP/1.1 503 Service Unavailable\r\n')).toBe(2);
    expect(countOf(caller.text, `X-Faultline-Fault: ${FAULT_ID}\r\n`)).toBe(2);
    await edge.lift();
    await ask(caller);
    expect(caller.text.endsWith(answer)).toBe(true);
    expect((await edge.upstream()).text).toBe(get('/'));
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 1, serverError: 2, noResponse: 0 }, faulted: 2, connectionsOpened: 1 });
  });

  it('gives its answers their place among those of the upstream', async () => {
    edge = await startEdge('http');
    const caller = await edge.dial();
    caller.write(get('/1') + get('/2'));
    const upstream = await (await edge.upstream()).until((it) => countOf(it.text, 'GET') === 2);
    edge.inject(abort(500));
    caller.write(get('/3'));
    await quiet(30);
    await edge.lift();
    caller.write(get('/4'));
    await upstream.until((it) => countOf(it.text, 'GET') === 3);
    expect(caller.text).toBe('');
    const numbered = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${body}`;
    upstream.write(numbered('1') + numbered('2') + numbered('4'));
    await caller.until((it) => it.text.endsWith('4'));
    expect(caller.text.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 500', 'HTTP/1.1 200']);
    expect(upstream.text).toBe(get('/1') + get('/2') + get('/4'));
  });

  it('answers HEAD without a body', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    edge.inject(abort(404));
    await ask(caller, 'HEAD / HTTP/1.1\r\nHost: x\r\n\r\n');
    await ask(caller);
    expect(caller.text.split('HTTP/1.1 404')[1]?.endsWith('\r\n\r\n')).toBe(true);
  });

  it('ends the connection of a caller that asked for it or waits to send its body', async () => {
    edge = await startEdge('http', answering);
    edge.inject(abort(500));
    const requests = [
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
      'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n',
    ];
    for (const request of requests) {
      const caller = await edge.dial();
      // What is pipelined behind a request that ends the connection is never answered.
      caller.write(request + (request.includes('Expect') ? '' : get('/behind')));
      await caller.until((it) => it.ended);
      expect(countOf(caller.text, 'HTTP/1.1 500')).toBe(1);
      expect(caller.text).toMatch(/^HTTP\/1\.1 500 [^]*\r\nConnection: close\r\n/);
      expect(caller.error).toBeNull();
      caller.socket.end();
    }
  });

  it('waits for the whole body before it answers, and keeps none of it', async () => {
    edge = await startEdge('http', answering);
    edge.inject(abort(500));
    const caller = await edge.dial();
    caller.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n');
    caller.write(Buffer.alloc(2_999_999));
    await quiet(50);
    expect(caller.text).toBe('');
    caller.write('!');
    await caller.until((it) => it.text.includes('HTTP/1.1 500'));
    expect((await edge.upstream()).text).toBe('');
  });

  it('sees the whole request when it arrives byte by byte', async () => {
    edge = await startEdge('http', answering);
    edge.inject(abort(500));
    const caller = await edge.dial();
    for (const letter of get('/slow')) {
      caller.write(letter);
      await quiet(1);
    }
    await caller.until((it) => it.text.includes('HTTP/1.1 500'));
    expect((await edge.upstream()).text).toBe('');
  });

  it('names itself only when asked to', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    edge.inject(abort(503));
    await ask(caller);
    expect(caller.text).toContain('HTTP/1.1 503');
    expect(caller.text).not.toContain('X-Faultline-Fault');
  });
});

describe('timeout on an http edge', () => {
  it('stays silent, ignores an upstream that closes as idle, and resets what hangs when it is lifted', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    await ask(caller);
    edge.inject(timeout(0));
    caller.write(get('/hung'));
    await quiet(50);
    (await edge.upstream()).socket.end();
    await quiet(100);
    expect([caller.text, caller.ended, caller.closed]).toEqual([answer, false, false]);
    await edge.lift();
    await caller.until((it) => it.closed);
    expect(caller.error).toBe('ECONNRESET');
    const fresh = await edge.dial();
    await ask(fresh);
    expect(fresh.text).toBe(answer);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 2, noResponse: 1 }, faulted: 1, connectionsActive: 1 });
  });

  it('still brings the answers to earlier requests', async () => {
    edge = await startEdge('http');
    const caller = await edge.dial();
    caller.write(get('/1'));
    const upstream = await (await edge.upstream()).until((it) => it.text === get('/1'));
    edge.inject(timeout(0));
    caller.write(get('/2'));
    await quiet(50);
    upstream.write(answer);
    await caller.until((it) => it.text === answer);
    expect(upstream.text).toBe(get('/1'));
  });

  it('closes the silent connection after closeAfterMs', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    edge.inject(timeout(100));
    expect(await askUntilClosed(caller)).toBeGreaterThanOrEqual(99);
    expect(caller.text).toBe('');
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { noResponse: 1 }, faulted: 1 });
  });

  it('counts a caller that gives up in the moment it does', async () => {
    edge = await startEdge('http', answering);
    const caller = await edge.dial();
    edge.inject(timeout(0));
    caller.write(get('/'));
    await quiet(50);
    caller.socket.destroy();
    await (await edge.upstream()).until((it) => it.ended || it.closed);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { noResponse: 1 }, faulted: 1, connectionsActive: 0 });
  });
});

describe('down on an http edge', () => {
  it('resets requests in flight and idle connections alike', async () => {
    edge = await startEdge('http');
    const idle = await edge.dial();
    const busy = await edge.dial();
    busy.write(get('/'));
    await (await edge.upstream(1)).until((it) => it.receivedBytes > 0);
    edge.inject({ kind: 'down', params: {} });
    for (const caller of [idle, busy]) expect((await caller.until((it) => it.closed)).error).toBe('ECONNRESET');
    for (const upstream of edge.upstreams) expect((await upstream.until((it) => it.closed)).error).toBe('ECONNRESET');
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { noResponse: 1 }, faulted: 1, connectionsActive: 0 });
  });

  it('resets a caller that does not take its answer', async () => {
    edge = await startEdge('http');
    const caller = await edge.dial();
    caller.socket.pause();
    caller.write(get('/'));
    const upstream = await (await edge.upstream()).until((it) => it.receivedBytes > 0);
    upstream.socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 33554432\r\n\r\n`);
    upstream.socket.end(Buffer.alloc(33_554_432));
    await quiet(200);
    edge.inject({ kind: 'down', params: {} });
    expect((await upstream.until((it) => it.closed)).closed).toBe(true);
    caller.socket.resume();
    // A Node socket that was not reading when the reset came may report it as an end; what matters is that the answer was cut off.
    await caller.until((it) => it.ended || it.closed);
    expect(caller.receivedBytes).toBeLessThan(33_554_432);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { noResponse: 1 }, connectionsActive: 0 });
  });
});

async function askUntilClosed(caller: Peer): Promise<number> {
  const startedMs = performance.now();
  caller.write(get('/'));
  await caller.until((it) => it.ended || it.closed);
  return performance.now() - startedMs;
}
