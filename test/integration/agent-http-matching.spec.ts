import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ConnectionRule, RequestFacts, RequestVerdict, ResponseVerdict } from '#faults';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, proxyTo, quiet, startEdge } from '../support/proxied-edge.js';
import type { Peer, Proxied, ProxiedEdge } from '../support/proxied-edge.js';

const get = (path: string, ...headers: string[]): string => `GET ${path} HTTP/1.1\r\n${['Host: x', ...headers].join('\r\n')}\r\n\r\n`;
const ok = (body: string, ...headers: string[]): string => `HTTP/1.1 200 OK\r\n${[...headers, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
const countOf = (text: string, part: string): number => text.split(part).length - 1;
const PASS = { type: 'pass' } as const;
const respond = (status: number, body = 'no'): RequestVerdict & ResponseVerdict => ({ type: 'respond', status, contentType: 'text/plain', body });

let edge: ProxiedEdge;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function act(on: Proxied, faultId: string, rule: ConnectionRule, announce = false): void {
  on.proxy.apply({ faultId, rule: { announce, forConnection: () => rule } });
}

async function start(onUpstream?: (peer: Peer) => void): Promise<Peer> {
  edge = await startEdge('http', onUpstream);
  closing.push(() => edge.close());
  return edge.dial();
}

/** Answers each request without a body with its own target. */
function echoing(peer: Peer): void {
  let answered = 0;
  peer.socket.on('data', () => {
    const targets = [...peer.text.matchAll(/^[A-Z]+ (\S+) HTTP/gm)].map((match) => match[1] ?? '');
    for (; answered < targets.length; answered++) peer.socket.write(ok(targets[answered] ?? ''));
  });
}

describe('several rules on one connection', () => {
  it('adds delays up, and lifting one fault takes only its own delay away', async () => {
    const caller = await start(echoing);
    act(edge, 'a', { onRequest: () => ({ type: 'delay', delayMs: 100 }) });
    act(edge, 'b', { onRequest: () => ({ type: 'delay', delayMs: 60_000 }) });
    const startedMs = performance.now();
    caller.write(get('/'));
    await quiet(30);
    await edge.proxy.lift('b');
    await caller.until((it) => it.text === ok('/'));
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(99);
  });

  it('makes header edits one after the other, and keeps every other byte of the head', async () => {
    const caller = await start();
    act(edge, 'a', { onRequest: () => ({ type: 'rewrite', headers: { remove: ['X-GONE', 'host'], set: [{ name: 'X-Set', value: 'one' }] } }) });
    act(edge, 'b', { onRequest: () => ({ type: 'rewrite', headers: { remove: [], set: [{ name: 'x-set', value: 'two' }, { name: 'X-New', value: 'n\xe9w' }] } }) });
    caller.write(Buffer.from('GET / HTTP/1.1\r\nhOsT:x\r\nx-gone: 1\r\nX-SET: 0\r\nX-Odd:\t caf\xe9 \r\nx-set: 00\r\nx-Gone: 2\r\n\r\n', 'latin1'));
    const upstream = await (await edge.upstream()).until((it) => it.text.endsWith('\r\n\r\n'));
    expect(upstream.text).toBe('GET / HTTP/1.1\r\nhOsT:x\r\nx-set: two\r\nX-Odd:\t caf\xe9 \r\nX-New: n\xe9w\r\n\r\n');
  });

  it('asks no rule behind one that answers', async () => {
    const caller = await start(echoing);
    let askedCount = 0;
    act(edge, 'a', { onRequest: () => respond(503) });
    act(edge, 'b', { onRequest: () => ((askedCount += 1), PASS) });
    caller.write(get('/'));
    await caller.until((it) => it.text.includes('503'));
    expect(askedCount).toBe(0);
  });

  it('names exactly the announcing faults that touched an exchange', async () => {
    const caller = await start(echoing);
    act(edge, 'quiet', { onRequest: () => ({ type: 'delay', delayMs: 1 }) });
    act(edge, 'first', { onRequest: () => ({ type: 'delay', delayMs: 1 }) }, true);
    act(edge, 'missed', { onRequest: () => PASS, onResponse: () => PASS }, true);
    act(edge, 'second', { onResponse: () => ({ type: 'rewrite', headers: { remove: [], set: [{ name: 'X-A', value: '1' }] } }) }, true);
    caller.write(get('/'));
    await caller.until((it) => it.text.endsWith('\r\n\r\n/'));
    expect(caller.text).toBe('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-A: 1\r\nX-Faultline-Fault: first, second\r\n\r\n/');
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 1 }, faulted: 1 });
  });
});

describe('faults on responses', () => {
  it('are told of the request that a response answers, also when requests are pipelined', async () => {
    const caller = await start(echoing);
    const asked: string[] = [];
    act(edge, 'f', { onResponse: (request, { status, headers }) => (asked.push(`${request.path} ${status} ${headers.get('content-length')?.[0]}`), PASS) });
    caller.write(get('/1?x') + get('/22') + get('/333'));
    await caller.until((it) => it.text.endsWith('/333'));
    expect(asked).toEqual(['/1 200 4', '/22 200 3', '/333 200 4']);
  });

  it('delay the response, and let it go when they are lifted', async () => {
    const caller = await start(echoing);
    act(edge, 'f', { onResponse: () => ({ type: 'delay', delayMs: 100 }) });
    const startedMs = performance.now();
    caller.write(get('/1') + get('/2'));
    await caller.until((it) => it.text === ok('/1') + ok('/2'));
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(99);
    act(edge, 'g', { onResponse: () => ({ type: 'delay', delayMs: 60_000 }) });
    caller.write(get('/3'));
    await quiet(50);
    await edge.proxy.lift('g');
    await caller.until((it) => it.text.endsWith(ok('/3')));
  });

  it('put another answer in its place and keep the connection', async () => {
    const caller = await start();
    act(edge, 'f', { onResponse: (_, { status }) => (status === 200 ? respond(502) : PASS) }, true);
    caller.write(get('/1') + get('/2') + 'HEAD /3 HTTP/1.1\r\nHost: x\r\n\r\n' + get('/4'));
    const upstream = await (await edge.upstream()).until((it) => it.text.endsWith(get('/4')));
    upstream.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n');
    await caller.until((it) => it.text.includes('502'));
    upstream.write(`0\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n${ok('last').replace('200', '201')}`);
    await caller.until((it) => it.text.endsWith('last'));
    expect(caller.text.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 502', 'HTTP/1.1 304', 'HTTP/1.1 502', 'HTTP/1.1 201']);
    expect(countOf(caller.text, 'X-Faultline-Fault: f\r\n')).toBe(2);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 2, serverError: 2 }, faulted: 2 });
  });

  it('end the connection with an answer in place of one that ends it', async () => {
    const caller = await start((peer) => void peer.socket.on('data', () => peer.socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end')));
    act(edge, 'f', { onResponse: () => respond(500) });
    caller.write(get('/'));
    await caller.until((it) => it.ended);
    expect(caller.text).toMatch(/^HTTP\/1\.1 500 [^]*\r\nConnection: close\r\n[^]*no$/);
  });

  it('drop a response: the target serves it, the caller gets silence and then the end', async () => {
    const caller = await start(echoing);
    act(edge, 'f', { onResponse: ({ path }) => (path === '/lost' ? { type: 'hang', closeAfterMs: 100 } : PASS) });
    caller.write(get('/kept') + get('/lost') + get('/behind'));
    await caller.until((it) => it.ended || it.closed);
    expect(caller.text).toBe(ok('/kept'));
    expect((await edge.upstream()).text).toContain('/lost');
    await quiet(20);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 1, noResponse: 2 }, connectionsActive: 0 });
  });

  it('drop a response for as long as they last, and reset then', async () => {
    const caller = await start(echoing);
    act(edge, 'f', { onResponse: () => ({ type: 'hang', closeAfterMs: null }) });
    act(edge, 'other', { onResponse: () => PASS });
    caller.write(get('/'));
    await quiet(50);
    await edge.proxy.lift('other');
    await quiet(50);
    expect([caller.text, caller.ended, caller.closed]).toEqual(['', false, false]);
    await edge.proxy.lift('f');
    await caller.until((it) => it.closed);
    expect(caller.error).toBe('ECONNRESET');
  });

  it('leave an upgraded connection alone', async () => {
    const caller = await start();
    act(edge, 'f', { onResponse: () => respond(500) });
    caller.write(get('/ws', 'Connection: Upgrade', 'Upgrade: websocket'));
    const upstream = await (await edge.upstream()).until((it) => it.text.endsWith('\r\n\r\n'));
    const answer = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x01hi';
    upstream.write(answer);
    await caller.until((it) => it.text === answer);
  });
});

describe('the kinds of faults, matched', () => {
  it.each([
    ['abort', { httpStatus: 503, match: { path: '/a*', method: 'GET' } }, /^HTTP\/1\.1 503 /],
    ['abort', { httpStatus: 502, on: 'response', match: { path: '/a/b', status: ['2xx'] } }, /^HTTP\/1\.1 502 /],
    ['headers', { set: [{ name: 'X-Set', value: '1' }], on: 'response', announce: true, match: { headers: [{ name: 'host', value: 'x' }], path: '/a/*' } }, /X-Set: 1\r\nX-Faultline-Fault: /],
    ['corrupt', { byteShare: 1, match: { path: '/a/b' } }, /\r\n\r\n(?!\/a\/\.\/b)[^]{6}$/],
    ['drop-response', { closeAfterMs: 20, match: { path: '/a/b' } }, null],
    ['truncate', { afterBytes: 2, match: { path: '/a/b' } }, /\r\n\r\n\/a$/],
    ['timeout', { closeAfterMs: 20, match: { path: '/a/b' } }, null],
  ] as const)('%s %j hits what matches, under any spelling of its path, and nothing else', async (kind, params, hit) => {
    const caller = await start(echoing);
    edge.inject({ kind, params });
    caller.write(get('/other'));
    await caller.until((it) => it.text === ok('/other'));
    caller.write(get('/a/./b'));
    const rest = (): string => caller.text.slice(ok('/other').length);
    await caller.until((it) => it.ended || it.closed || (hit !== null && hit.test(rest())));
    if (hit === null) expect(rest()).toBe('');
    else expect(rest()).toMatch(hit);
    await quiet(30);
    expect(edge.meter.drain(0)?.faulted).toBe(1);
  });
});

const SMUGGLED = get('/admin');
const post = (framing: string, body: string): string => `POST / HTTP/1.1\r\nHost: x\r\n${framing}\r\n\r\n${body}`;
/** Ways in which one server sees a request where another sees a body or a header. */
const AMBIGUOUS: Readonly<Record<string, string>> = {
  'CL.TE': post('Content-Length: 6\r\nTransfer-Encoding: chunked', '0\r\n\r\nG'),
  'TE.CL': post('Transfer-Encoding: chunked\r\nContent-Length: 4', `5c\r\n${SMUGGLED}\r\n0\r\n\r\n`),
  'TE.TE': post('Transfer-Encoding: chunked\r\nTransfer-Encoding: x', '0\r\n\r\n'),
  'TE with a list': post('Transfer-Encoding: chunked, identity', '0\r\n\r\n'),
  'TE with a vertical tab': post('Transfer-Encoding: \x0bchunked', '0\r\n\r\n'),
  'TE with a hard blank': post('Transfer-Encoding: chunked\xa0', '0\r\n\r\n'),
  'TE in HTTP/1.0': post('Transfer-Encoding: chunked', '0\r\n\r\n').replace('HTTP/1.1', 'HTTP/1.0'),
  'two lengths': post('Content-Length: 0\r\nContent-Length: 30', SMUGGLED),
  'two equal lengths': post('Content-Length: 3\r\nContent-Length: 3', 'abc'),
  'a list of lengths': post('Content-Length: 3, 3', 'abc'),
  'a signed length': post('Content-Length: +3', 'abc'),
  'a length with a hard blank': post('Content-Length: 3\xa0', 'abc'),
  'a folded header': post('X: a\r\n b', ''),
  'a folded length': post('Content-Length:\r\n 30', SMUGGLED),
  'a blank before the colon': post('Content-Length : 30', SMUGGLED),
  'a blank before the name': post(' Content-Length: 30', SMUGGLED),
  'a NUL in a name': post('Content-Len\0gth: 30', SMUGGLED),
  'a NUL in a value': post('X: \0', ''),
  'a bare LF behind a header': 'POST / HTTP/1.1\r\nHost: x\nContent-Length: 30\r\n\r\n' + SMUGGLED,
  'bare LFs only': SMUGGLED.replaceAll('\r\n', '\n'),
  'a bare CR in a header': post('X: a\rContent-Length: 30', SMUGGLED),
  'a bad chunk size': post('Transfer-Encoding: chunked', `0x5\r\nhello\r\n0\r\n\r\n`),
  'a chunk size with a blank': post('Transfer-Encoding: chunked', `5 \r\nhello\r\n0\r\n\r\n`),
  'a chunk size that overflows': post('Transfer-Encoding: chunked', `10000000000000005\r\nhello\r\n0\r\n\r\n`),
  'a chunk that ends in LF': post('Transfer-Encoding: chunked', `5\r\nhello\n0\r\n\r\n`),
  'a bare LF in a chunk extension': post('Transfer-Encoding: chunked', `5;a\nb\r\nhello\r\n0\r\n\r\n`),
  'a request line without a version': 'GET /admin\r\n\r\n',
  'two blanks in the request line': 'GET  /admin HTTP/1.1\r\nHost: x\r\n\r\n',
  'a tab in the request line': 'GET\t/admin HTTP/1.1\r\nHost: x\r\n\r\n',
  'a blank in the target': 'GET /a HTTP/1.1 /admin HTTP/1.1\r\nHost: x\r\n\r\n',
  'another version': 'GET /admin HTTP/1.2\r\nHost: x\r\n\r\n',
  'CONNECT with a body': 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nContent-Length: 30\r\n\r\n' + SMUGGLED,
};

describe('bytes that two servers may read differently', () => {
  it.each(Object.entries(AMBIGUOUS))('are refused while a rule looks at requests: %s', async (_, bytes) => {
    const caller = await start(echoing);
    act(edge, 'f', { onRequest: () => PASS });
    caller.write(Buffer.from(bytes + SMUGGLED, 'latin1'));
    await caller.until((it) => it.ended || it.closed);
    expect(caller.text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*Connection: close\r\n/);
    expect((await edge.upstream()).text).not.toContain('/admin');
  });

  it('are refused in their turn, behind the answers to what came before', async () => {
    const caller = await start(echoing);
    act(edge, 'f', { onResponse: () => PASS });
    caller.write(get('/1') + get('/2') + 'GET /3\r\n\r\n');
    await caller.until((it) => it.ended);
    expect(caller.text.startsWith(ok('/1') + ok('/2') + 'HTTP/1.1 400 ')).toBe(true);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 2, clientError: 1 }, faulted: 1 });
  });

  it('are passed on untouched while none does, and stay unmatched when one begins', async () => {
    const caller = await start();
    const bytes = AMBIGUOUS['CL.TE'] ?? '';
    caller.write(bytes);
    const upstream = await (await edge.upstream()).until((it) => it.text === bytes);
    act(edge, 'f', { onRequest: () => respond(500) });
    caller.write(SMUGGLED);
    await upstream.until((it) => it.text === bytes + SMUGGLED);
    expect(caller.text).toBe('');
  });

  it.each([
    ['TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1])],
    ['HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0')],
    ['PostgreSQL', Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])],
    ['a word with a high bit', Buffer.from('caf\xe9 au lait\r\n', 'latin1')],
  ])('are no matter to a connection of another protocol: %s', async (_, bytes) => {
    const caller = await start();
    act(edge, 'f', { onRequest: () => respond(500) });
    for (const byte of bytes) caller.write(Buffer.from([byte]));
    const upstream = await (await edge.upstream()).until((it) => it.receivedBytes === bytes.length);
    expect(upstream.received.equals(bytes)).toBe(true);
  });

  it('from the upstream are passed on, and no request follows them unmatched', async () => {
    const caller = await start();
    act(edge, 'f', { onRequest: ({ path }) => (path === '/admin' ? respond(403) : PASS) });
    caller.write(get('/'));
    const upstream = await (await edge.upstream()).until((it) => it.text === get('/'));
    const odd = 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok';
    upstream.write(odd);
    await caller.until((it) => it.text === odd);
    caller.write(SMUGGLED);
    await caller.until((it) => it.ended || it.closed);
    expect(upstream.text).toBe(get('/'));
  });
});

const RUNS = 2_000;
/** Attacks that stay within the grammar: a strict reader must follow them. */
const LAWFUL = [
  get('/plain'),
  post('Content-Length: 29', SMUGGLED),
  post('Transfer-Encoding: chunked', `1D;ext=${'x'.repeat(20)}\r\n${SMUGGLED}\r\n0\r\nTrailer: ${'t'.repeat(9)}\r\n\r\n`),
  'GET http://x/admin HTTP/1.1\r\nHost: x\r\n\r\n',
  get('//a/%2e%2e/admin'),
  `\r\n\r\n${get('/behind-empty-lines')}`,
  post('Expect: 100-continue\r\nContent-Length: 3', 'abc'),
  get('/upgrade', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'),
  'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
  'HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
];

describe('what the matcher and the upstream see', () => {
  it(`is the same, request for request, over ${RUNS} random mixtures of attacks`, async () => {
    const seenByServer: string[] = [];
    let servedCount = 0;
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      servedCount += 1;
      seenByServer.push(`${request.method} ${request.url}`);
      request.resume();
      response.end('ok');
    };
    // Node answers on its own where Host is missing or an expectation unknown, unless told not to.
    const server = createServer({ requireHostHeader: false }, serve).on('checkExpectation', serve);
    const proxied = await proxyTo('http', await listen(server));
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }, () => proxied.close());
    const seenByMatcher: string[] = [];
    act(proxied, 'f', { onRequest: ({ method, target }: RequestFacts) => (seenByMatcher.push(`${method} ${target}`), PASS) });
    const noise = fc.tuple(fc.constantFrom(...LAWFUL), fc.nat(), fc.constantFrom('\n', '\r', ' ', '\t', '\0', '\x0b', ':', ',', ';', '0', '\xa0', '\r\n', '\r\n ')).map(([bytes, place, what]) => {
      const at = place % bytes.length;
      return bytes.slice(0, at) + what + bytes.slice(at);
    });
    const part = fc.oneof({ arbitrary: fc.constantFrom(...LAWFUL), weight: 4 }, { arbitrary: noise, weight: 1 }, { arbitrary: fc.constantFrom(...Object.values(AMBIGUOUS)), weight: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), fc.nat(), async (parts, cut) => {
        seenByServer.length = seenByMatcher.length = 0;
        const bytes = Buffer.from(parts.join('') + get('/last', 'Connection: close'), 'latin1');
        const caller = await proxied.dial();
        caller.write(bytes.subarray(0, cut % bytes.length));
        caller.socket.end(bytes.subarray(cut % bytes.length));
        await caller.until((it) => it.ended || it.closed);
        caller.socket.destroy();
        expect(seenByMatcher.slice(0, seenByServer.length)).toEqual(seenByServer);
      }),
      { numRuns: RUNS },
    );
    expect(servedCount).toBeGreaterThan(RUNS);
  });
});
