import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../apps/agent/src/log.js';
import { clear } from '../conformance/toxiproxy/play.js';
import { startFace } from '../conformance/toxiproxy/start-face.js';
import type { StartedFace } from '../conformance/toxiproxy/start-face.js';

let face: StartedFace;
/** What the API itself calls a fault of its own. */
const errors = vi.fn();
const crashes: unknown[] = [];
const keepAlive = new Agent({ keepAlive: true, maxSockets: 1 });
const note = (error: unknown): void => void crashes.push(error);

beforeAll(async () => {
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  face = await startFace({ log: { error: errors, warn: () => undefined } as unknown as Log });
});
afterAll(async () => {
  keepAlive.destroy();
  await face.close();
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

function ask({ method, path, body }: Asked): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: face.port, method, path, agent: keepAlive, headers: { 'content-length': body.length } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode!, text: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const NAMES = ['a', 'b', 'long'.repeat(100), 'ü', 'x y', '..', '%', 'latency_downstream'];
const LISTENS = ['127.0.0.1:0', 'localhost:0', '', ':0', 'bad', '127.0.0.1:99999', '[::1', '256.0.0.1:0', 'a\0b:0', '127.0.0.1:0x', '['.repeat(50)];
const UPSTREAMS = ['127.0.0.1:1', '', 'bad', 'localhost:99999', '[::1]:1', ':0', '\u0000:1', 'host:http', '127.0.0.1:-1'];
const TYPES = ['latency', 'bandwidth', 'slow_close', 'timeout', 'reset_peer', 'slicer', 'limit_data', 'noop', 'nope', 'constructor', '__proto__'];
const ATTRIBUTES = ['latency', 'jitter', 'rate', 'delay', 'timeout', 'average_size', 'size_variation', 'bytes', 'LATENCY', '__proto__', 'toString'];

const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(9007199254740993, 1e308, -1, 0));
const anything = fc.oneof(number, fc.string(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 }), fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }));
const orAnything = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ arbitrary: usual, weight: 6 }, { arbitrary: anything, weight: 1 });
const proxyFields = { name: orAnything(fc.constantFrom(...NAMES)), listen: orAnything(fc.constantFrom(...LISTENS)), upstream: orAnything(fc.constantFrom(...UPSTREAMS)), enabled: orAnything(fc.boolean()) };
const plainProxy = fc.record({ name: fc.constantFrom('a', 'b'), listen: fc.constantFrom('127.0.0.1:0', 'localhost:0', '127.0.0.1:80:80'), upstream: fc.constant('127.0.0.1:1') });
const proxyBody = fc.oneof(plainProxy, fc.record({ ...proxyFields, Logger: anything }, { requiredKeys: [] }));
const toxicBody = fc.record(
  {
    name: orAnything(fc.constantFrom(...NAMES)),
    type: orAnything(fc.constantFrom(...TYPES)),
    stream: orAnything(fc.constantFrom('upstream', 'downstream', 'UPSTREAM', 'side')),
    toxicity: orAnything(fc.constantFrom(0, 0.5, 1, 7, -1)),
    attributes: orAnything(fc.dictionary(fc.constantFrom(...ATTRIBUTES), orAnything(fc.integer({ min: -10, max: 10_000 })))),
  },
  { requiredKeys: [] },
);
const written = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> => value.map((it) => Buffer.from(JSON.stringify(it) ?? 'null'));
const populateBody = fc.array(proxyBody, { maxLength: 4 });
const valid = written(fc.oneof(proxyBody, toxicBody, populateBody, fc.jsonValue()));
const huge = fc.constantFrom(
  '['.repeat(200_000),
  '{"a":'.repeat(9_999),
  `{"type":"latency","attributes":{"latency":${'9'.repeat(5_000)}}}`,
  `{"type":"latency","toxicity":1e${'9'.repeat(50)}}`,
  `{"name":"${'n'.repeat(100_000)}"}`,
  `${'['.repeat(9_000)}${']'.repeat(9_000)}`,
  `{"attributes":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)},"type":"latency"}`,
).map((text) => Buffer.from(text));
/** One byte of something valid is another, missing, or one too many. */
const mutated = (bodies: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> => fc.tuple(bodies, fc.nat(), fc.nat(255), fc.constantFrom('change', 'cut', 'insert')).map(([bytes, at, byte, how]) => {
  const place = at % (bytes.length + 1);
  const rest = { change: bytes.subarray(place + 1), cut: Buffer.alloc(0), insert: bytes.subarray(place) }[how]!;
  return Buffer.concat([bytes.subarray(0, place), ...(how === 'cut' ? [] : [Buffer.from([byte])]), rest]);
});
const body = fc.oneof({ arbitrary: valid, weight: 10 }, { arbitrary: mutated(valid), weight: 6 }, { arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)), weight: 2 }, { arbitrary: huge, weight: 1 });

const segment = fc.oneof(fc.constantFrom(...NAMES.map(encodeURIComponent), '%2F', '%00', '%ff', '%zz', '%', '.', '', '%2e%2e', 'toxics'), fc.stringMatching(/^[\w%.~-]{0,20}$/));
const path = fc.oneof(
  { arbitrary: fc.constantFrom('/proxies', '/populate', '/reset', '/version', '/metrics'), weight: 3 },
  { arbitrary: fc.constantFrom('a', 'b', '%C3%BC').map((name) => `/proxies/${name}`), weight: 3 },
  { arbitrary: fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('', '/latency_downstream', '/a')).map(([proxy, toxic]) => `/proxies/${proxy}/toxics${toxic}`), weight: 5 },
  { arbitrary: fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`), weight: 2 },
);
const anyMethod = fc.oneof({ arbitrary: fc.constantFrom('GET', 'POST', 'PATCH'), weight: 5 }, { arbitrary: fc.constantFrom('DELETE', 'PUT', 'HEAD', 'OPTIONS', 'TRACE'), weight: 1 });
/** Something that a client could mean, with a body that is at times torn. */
function meant(methods: readonly string[], paths: readonly string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<Asked> {
  const bodies = written(value);
  return fc.record({ method: fc.constantFrom(...methods), path: fc.constantFrom(...paths), body: fc.oneof({ arbitrary: bodies, weight: 3 }, { arbitrary: mutated(bodies), weight: 1 }) });
}
const asked: fc.Arbitrary<Asked> = fc.oneof(
  { arbitrary: fc.record({ method: anyMethod, path, body }), weight: 4 },
  { arbitrary: meant(['POST'], ['/proxies'], proxyBody), weight: 3 },
  { arbitrary: meant(['POST', 'PATCH', 'GET'], ['/proxies/a', '/proxies/b', '/proxies/%C3%BC'], proxyBody), weight: 2 },
  { arbitrary: meant(['POST'], ['/proxies/a/toxics', '/proxies/b/toxics'], toxicBody), weight: 3 },
  { arbitrary: meant(['POST', 'PATCH', 'GET', 'DELETE'], ['/proxies/a/toxics/latency_downstream', '/proxies/b/toxics/a'], toxicBody), weight: 2 },
  { arbitrary: meant(['POST'], ['/populate'], populateBody), weight: 1 },
);
const LISTEN_WORDS = /^\{"error":"(listen tcp:?|address|lookup) /;

describe('requests of all kinds', () => {
  it('4,000 of them: no crash, no error but those of an address, and a refusal changes nothing', async () => {
    const met = new Set<number>();
    await fc.assert(
      fc.asyncProperty(asked, async (one) => {
        const before = JSON.stringify(face.dataPlane.list());
        const { status, text } = await ask(one);
        met.add(status);
        if (status >= 500) expect([status, text]).toEqual([500, expect.stringMatching(LISTEN_WORDS)]);
        // Populate alone keeps what it had made before the first that it could not make.
        if (status >= 400 && !text.includes('"proxies":[')) expect(JSON.stringify(face.dataPlane.list())).toBe(before);
        if (face.dataPlane.list().length > 40) await clear(face.url);
      }),
      { numRuns: 4_000 },
    );
    expect([...met]).toEqual(expect.arrayContaining([200, 201, 204, 301, 400, 404, 405, 409, 500]));
    expect(errors).not.toHaveBeenCalled();
    expect(crashes).toEqual([]);
  });
});

const extreme = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 31n, 2n ** 53n, -1n).map(String), fc.integer());
const extremeToxic = fc
  .tuple(fc.constantFrom(...TYPES.slice(0, 8)), fc.constantFrom('upstream', 'downstream'), fc.constantFrom('0', '1', '-1', '0.5', '3e38'), fc.array(extreme, { minLength: 9, maxLength: 9 }))
  .map(([type, stream, toxicity, values]) => {
    const attributes = ATTRIBUTES.slice(0, 8).map((name, i) => `"${name}":${values[i]}`);
    return { name: `${type}_${stream}`, body: Buffer.from(`{"type":"${type}","stream":"${stream}","toxicity":${toxicity},"attributes":{${attributes.join(',')}}}`) };
  });

describe('toxics of any measure', () => {
  it('300 of them under traffic, with an upstream that may be any that is taken: the agent goes on and each lets go', async () => {
    const echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const upstreams = [`127.0.0.1:${(echo.address() as AddressInfo).port}`, ':0', '[::1]:1', '127.0.0.1:', '[fe80::1%nowhere]:1', 'no-such-host.invalid:1'];
    await fc.assert(
      fc.asyncProperty(fc.oneof({ arbitrary: fc.constant(0), weight: 5 }, { arbitrary: fc.nat(upstreams.length - 1), weight: 1 }), fc.array(extremeToxic, { minLength: 1, maxLength: 3 }), async (which, toxics) => {
        await clear(face.url);
        await ask({ method: 'POST', path: '/proxies', body: Buffer.from(JSON.stringify({ name: 't', listen: '127.0.0.1:0', upstream: upstreams[which] })) });
        const port = Number(face.dataPlane.find('t')!.listen.split(':')[1]);
        const early = connect(port, '127.0.0.1').on('error', () => undefined);
        early.write('early');
        for (const toxic of toxics) expect([200, 409]).toContain((await ask({ method: 'POST', path: '/proxies/t/toxics', body: toxic.body })).status);
        const late = connect(port, '127.0.0.1').on('error', () => undefined);
        late.write(Buffer.alloc(2_000));
        await new Promise((resolve) => setTimeout(resolve, 3));
        for (const { name } of toxics) expect([204, 404]).toContain((await ask({ method: 'DELETE', path: `/proxies/t/toxics/${name}`, body: Buffer.alloc(0) })).status);
        expect(face.dataPlane.find('t')!.toxics).toEqual([]);
        early.destroy();
        late.destroy();
      }),
      { numRuns: 300 },
    );
    echo.close();
    expect(errors).not.toHaveBeenCalled();
    expect(crashes).toEqual([]);
  });
});

/** What comes back for bytes on a bare socket, up to its end. */
function exchangeBytes(bytes: Buffer, end: 'end' | 'destroy' | 'keep'): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(face.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(bytes, () => {
      if (end === 'end') socket.end();
      if (end === 'destroy') socket.destroy();
    });
  });
}

describe('bytes that are hardly HTTP', () => {
  const request = Buffer.from('POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 62\r\n\r\n{"name":"raw","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"}');
  const torn = fc.tuple(fc.nat(request.length), fc.nat(request.length), fc.uint8Array({ maxLength: 8 })).map(([from, to, between]) => Buffer.concat([request.subarray(0, from), between, request.subarray(to)]));
  const shapes = fc.oneof(torn, fc.nat(request.length - 1).map((length) => request.subarray(0, length)), fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)));

  it('1,000 torn, cut and made-up requests: each connection ends and the server goes on', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom('end' as const, 'destroy' as const), async (bytes, end) => {
        const answer = await exchangeBytes(bytes, end);
        expect(answer).not.toContain('HTTP/1.1 5');
      }),
      { numRuns: 1_000 },
    );
    expect((await ask({ method: 'GET', path: '/version', body: Buffer.alloc(0) })).status).toBe(200);
    expect(errors).not.toHaveBeenCalled();
    expect(crashes).toEqual([]);
  });

  it.each([
    ['a head without end', `GET /version HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}`, '431'],
    ['a target without end', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, '431'],
    ['two lengths', 'POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}', '400'],
    ['a length and chunks', 'POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n', '400'],
    ['no host', 'GET /version HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
    ['a host without name', 'GET /version HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n', '403'],
    ['no HTTP', 'EHLO example.com\r\n\r\n', '400'],
    ['a body beyond the limit', `POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n${' '.repeat(5_000_000)}`, '413'],
  ])('%s is refused', async (_, text, status) => {
    expect((await exchangeBytes(Buffer.from(text), 'keep')).slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  });

  it('a caller that never finishes is let go after a while, wherever it stopped', async () => {
    const unfinished = ['', 'GET', 'GET /version HTTP/1.1\r\nHost: localhost\r\n', 'POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{"nam'];
    const answers = await Promise.all(unfinished.map((text) => exchangeBytes(Buffer.from(text), 'keep')));
    for (const answer of answers.slice(1)) expect(answer.slice(0, 12)).toBe('HTTP/1.1 408');
    expect(face.dataPlane.find('nam')).toBeUndefined();
  });
});
