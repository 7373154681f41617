import type { BodyFault, ConnectionRule } from '#faults';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_ID, quiet, startEdge } from '../support/proxied-edge.js';
import type { Peer, ProxiedEdge } from '../support/proxied-edge.js';
import { relayBench } from '../support/fake-link.js';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const ok = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const inChunks = (...chunks: string[]): string => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.map((chunk) => `${chunk.length.toString(16)};x=y\r\n${chunk}\r\n`).join('')}0\r\nT: 1\r\n\r\n`;
const onResponse = (body: BodyFault): ConnectionRule => ({ onResponse: () => ({ type: 'rewrite', body }) });
const onRequest = (body: BodyFault): ConnectionRule => ({ onRequest: () => ({ type: 'rewrite', body }) });
/** Turns the case of letters, so that what changed can be read. */
const upper: BodyFault = { type: 'corrupt', change: (bytes) => bytes.forEach((byte, i) => (bytes[i] = byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte)) };

let edge: ProxiedEdge;
afterEach(() => edge.close());

function act(rule: ConnectionRule, faultId = FAULT_ID): void {
  edge.proxy.apply({ faultId, rule: { announce: false, forConnection: () => rule } });
}

/** One request with a fault on its answer; gives caller and upstream once the upstream has it. */
async function asked(rule: ConnectionRule, request = get('/')): Promise<{ readonly caller: Peer; readonly upstream: Peer }> {
  edge = await startEdge('http');
  const caller = await edge.dial();
  act(rule);
  caller.write(request);
  return { caller, upstream: await (await edge.upstream()).until((it) => it.text === request) };
}

describe('truncate', () => {
  it.each([
    ['of a stated length', ok('0123456789'), 'Content-Length: 10\r\n\r\n0123'],
    ['in chunks', inChunks('012', '3456789'), '3;x=y\r\n012\r\n7;x=y\r\n3'],
    ['that ends with the connection', 'HTTP/1.1 200 OK\r\n\r\n0123456789', 'OK\r\n\r\n0123'],
  ])('passes the first bytes of a body %s and then ends the connection', async (_, answer, end) => {
    const { caller, upstream } = await asked(onResponse({ type: 'truncate', afterBytes: 4, end: 'close' }));
    upstream.write(answer);
    await caller.until((it) => it.ended);
    expect(caller.text.endsWith(end)).toBe(true);
    expect(caller.error).toBeNull();
    await upstream.until((it) => it.ended || it.closed);
    caller.socket.end();
    await quiet(20);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { noResponse: 1 }, faulted: 1 });
  });

  it('resets both ends where that is asked for', async () => {
    const { caller, upstream } = await asked(onResponse({ type: 'truncate', afterBytes: 0, end: 'reset' }));
    upstream.write(ok('body'));
    expect((await upstream.until((it) => it.closed)).error).toBe('ECONNRESET');
    // A Node socket may report a reset that comes with the last bytes as an end.
    await caller.until((it) => it.ended || it.closed);
    expect(caller.text).toBe('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n');
  });

  it('leaves a body alone that is no longer', async () => {
    const { caller, upstream } = await asked(onResponse({ type: 'truncate', afterBytes: 4, end: 'close' }));
    for (const answer of [ok('0123'), ok(''), inChunks('01', '23'), 'HTTP/1.1 204 No Content\r\n\r\n']) {
      const before = caller.text;
      upstream.write(answer);
      await caller.until((it) => it.text === before + answer);
      caller.write(get('/'));
    }
    expect(caller.ended).toBe(false);
  });

  it('gives the upstream the first bytes of a request and then its end, and the caller no answer', async () => {
    edge = await startEdge('http');
    const caller = await edge.dial();
    act(onRequest({ type: 'truncate', afterBytes: 100_000, end: 'close' }));
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n';
    caller.write(head + 'x'.repeat(300_000));
    const upstream = await (await edge.upstream()).until((it) => it.ended);
    expect(upstream.receivedBytes).toBe(head.length + 100_000);
    await caller.until((it) => it.ended || it.closed);
    expect(caller.text).toBe('');
  });
});

describe('corrupt', () => {
  it.each([
    ['of a stated length', ok('some body'), 'SOME BODY'],
    ['in chunks', inChunks('abc', 'defghijklmnop', 'q'), '3;x=y\r\nABC\r\nd;x=y\r\nDEFGHIJKLMNOP\r\n1;x=y\r\nQ\r\n0\r\nT: 1\r\n\r\n'],
    ['that ends with the connection', 'HTTP/1.1 200 OK\r\n\r\nthe rest', 'THE REST'],
  ])('changes a body %s and nothing of its framing', async (_, answer, end) => {
    const { caller, upstream } = await asked(onResponse(upper));
    for (const letter of answer) upstream.write(letter);
    await caller.until((it) => it.receivedBytes === answer.length);
    expect(caller.text.endsWith(end)).toBe(true);
    expect(caller.text.toLowerCase()).toBe(answer.toLowerCase());
  });

  it('changes request bodies, and stops with the fault in the middle of one', async () => {
    edge = await startEdge('http');
    const caller = await edge.dial();
    act(onRequest(upper));
    caller.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc');
    const upstream = await (await edge.upstream()).until((it) => it.text.endsWith('ABC'));
    await edge.lift();
    caller.write('def');
    await upstream.until((it) => it.text.endsWith('ABCdef'));
  });

  it('tells each fault every byte of the body once, with its offset, however it is cut (2,000 random runs)', async () => {
    edge = await startEdge('http');
    const chunk = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 5 }), fc.boolean(), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (chunks, chunked, sizes) => {
        const told: number[] = [];
        const note: BodyFault = { type: 'corrupt', change: (bytes, offset) => bytes.forEach((byte, i) => ((told[offset + i] = byte), (bytes[i] = byte ^ 1))) };
        const bench = relayBench([{ faultId: 'a', announce: false, rule: onResponse(note) }, { faultId: 'b', announce: false, rule: onResponse({ ...note, change: (bytes) => bytes.forEach((byte, i) => (bytes[i] = byte ^ 1)) }) }]);
        const answer = (chunked ? inChunks(...chunks) : ok(chunks.join(''))) + ok('next');
        bench.fromClient(get('/') + get('/'));
        for (let at = 0; at < answer.length; ) {
          const length = Number(sizes.next().value);
          bench.fromUpstream(answer.slice(at, at + length));
          if (at === 0 || told.length < chunks.join('').length) expect(told.every((byte) => byte !== undefined)).toBe(true);
          at += length;
        }
        // The two faults undo each other, so what arrives is what was sent.
        expect(bench.link.answered).toBe(answer);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('throttle', () => {
  it('paces the body evenly, and only the body', async () => {
    const { caller, upstream } = await asked(onResponse({ type: 'throttle', bytesPerSec: 20_000 }));
    const startedMs = performance.now();
    upstream.write(ok('x'.repeat(10_000)));
    await caller.until((it) => it.text.includes('\r\n\r\n'));
    const half = await caller.until((it) => it.receivedBytes > 5_000);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(235);
    expect(half.receivedBytes).toBeLessThan(10_000);
    await caller.until((it) => it.receivedBytes >= 10_000 + 40);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(490);
  });

  it('holds the sender back instead of storing its bytes', async () => {
    const { caller, upstream } = await asked(onResponse({ type: 'throttle', bytesPerSec: 1_000 }));
    const size = 67_108_864;
    upstream.socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
    upstream.socket.write(Buffer.alloc(size));
    await quiet(300);
    expect(upstream.socket.writableLength).toBeGreaterThan(size / 2);
    expect(caller.receivedBytes).toBeLessThan(10_000);
  });

  it('lets everything held go at once when it is lifted', async () => {
    const { caller, upstream } = await asked(onResponse({ type: 'throttle', bytesPerSec: 1 }));
    upstream.write(ok('x'.repeat(200_000)));
    await quiet(50);
    await edge.lift();
    await caller.until((it) => it.text.endsWith('x'.repeat(200_000)));
  });

  it('paces requests, and keeps those behind in order', async () => {
    edge = await startEdge('http');
    const caller = await edge.dial();
    act(onRequest({ type: 'throttle', bytesPerSec: 10_000 }));
    const post = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n${'y'.repeat(2_000)}`;
    const startedMs = performance.now();
    caller.socket.end(post + get('/behind'));
    const upstream = await (await edge.upstream()).until((it) => it.ended);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(190);
    expect(upstream.text).toBe(post + get('/behind'));
  });

  it('ends a paced body with the close of the upstream only when it is through', async () => {
    const { caller, upstream } = await asked(onResponse({ type: 'throttle', bytesPerSec: 10_000 }));
    upstream.socket.end(`HTTP/1.1 200 OK\r\n\r\n${'z'.repeat(2_000)}`);
    await caller.until((it) => it.ended);
    expect(caller.text.endsWith('z'.repeat(2_000))).toBe(true);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 1 }, faulted: 1 });
  });

  it('takes the lower of two rates, and the higher when the lower is lifted', async () => {
    const { caller, upstream } = await asked(onResponse({ type: 'throttle', bytesPerSec: 1_000_000 }));
    act(onResponse({ type: 'throttle', bytesPerSec: 1 }), 'slow');
    upstream.write(ok('1'));
    await caller.until((it) => it.text === ok('1'));
    caller.write(get('/2'));
    await upstream.until((it) => it.text.endsWith(get('/2')));
    upstream.write(ok('x'.repeat(1_000)));
    await quiet(100);
    expect(caller.text.endsWith('xxx')).toBe(false);
    await edge.proxy.lift('slow');
    await caller.until((it) => it.text.endsWith('x'.repeat(1_000)));
  });
});
