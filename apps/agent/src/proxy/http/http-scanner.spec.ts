import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageRole } from './head-scanner.js';
import { MAX_HEAD_BYTES } from './http-bytes.js';
import { HttpScanner } from './http-scanner.js';

interface Framed {
  readonly marks: readonly string[];
  readonly problem: string | null;
}

/** Scans `text` in the given pieces and lists every event with its offset in the whole. */
function frame(role: MessageRole, text: string, cuts: readonly number[] = []): Framed {
  const bytes = Buffer.from(text, 'latin1');
  const scanner = new HttpScanner(role);
  const marks: string[] = [];
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  for (let i = 1; i < edges.length; i++) {
    const base = edges[i - 1] ?? 0;
    const chunk = bytes.subarray(base, edges[i]);
    let at = 0;
    do {
      at = scanner.scan(chunk, at);
      if (scanner.event === 'violation') return { marks, problem: scanner.problem };
      if (scanner.event !== 'more') marks.push(`${scanner.event}@${base + at}`);
    } while (scanner.event !== 'more');
  }
  return { marks, problem: null };
}

const GET = 'GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n';
const POST = 'POST /p HTTP/1.1\r\nhost: x\r\ncontent-LENGTH: 5\r\n\r\nhello';
const CHUNKED = 'PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nTrailer: t\r\n\r\n';
const REQUESTS = [GET, POST, CHUNKED, `\r\n${GET}`];

const RESPONSES = [
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 200\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n',
];

describe('HttpScanner on requests', () => {
  it('frames a request without a body', () => {
    expect(frame('request', GET)).toEqual({ marks: ['start@0', `head@${GET.length}`, `end@${GET.length}`], problem: null });
  });

  it('frames a body by its length, whatever the case of the header', () => {
    expect(frame('request', POST).marks).toEqual(['start@0', `head@${POST.length - 5}`, `end@${POST.length}`]);
  });

  it('frames a chunked body with extensions and trailers', () => {
    expect(frame('request', CHUNKED).marks.at(-1)).toBe(`end@${CHUNKED.length}`);
  });

  it('frames pipelined requests one after the other', () => {
    const text = GET + POST + CHUNKED;
    expect(frame('request', text).marks.filter((mark) => mark.startsWith('end'))).toEqual([`end@${GET.length}`, `end@${GET.length + POST.length}`, `end@${text.length}`]);
  });

  it('keeps what frames and what ends the connection', () => {
    const scanner = new HttpScanner('request');
    const head = Buffer.from('HEAD / HTTP/1.0\r\nConnection: foo, Keep-Alive\r\nExpect: 100-Continue\r\n\r\n');
    scanner.scan(head, scanner.scan(head, 0));
    expect(scanner.head).toMatchObject({ isHead: true, isConnect: false, minorVersion: 0, keepAlive: true, close: false, expectsContinue: true });
  });

  it.each([
    ['two different lengths', 'POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n'],
    ['a length and chunked', 'POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['chunked and a length', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n'],
    ['a coding that is not chunked', 'POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n'],
    ['chunked twice', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n'],
    ['chunked in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a signed length', 'POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n'],
    ['a list of lengths', 'POST / HTTP/1.1\r\nContent-Length: 5, 5\r\n\r\n'],
    ['an empty length', 'POST / HTTP/1.1\r\nContent-Length:\r\n\r\n'],
    ['a folded header', 'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n'],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nContent-Length : 5\r\n\r\n'],
    ['bare line feeds', 'GET / HTTP/1.1\nHost: x\n\n'],
    ['a bare LF in a header', 'GET / HTTP/1.1\r\nA: b\nContent-Length: 5\r\n\r\n'],
    ['a bare CR in a header', 'GET / HTTP/1.1\r\nA: b\rc\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nA: \0\r\n\r\n'],
    ['a chunk size with a sign', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n'],
    ['a chunk size with 0x', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n'],
    ['a chunk size beyond 2^53', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n'],
    ['a chunk that is longer than its size', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/0.9', 'GET /\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01'],
    ['no method', ' / HTTP/1.1\r\n\r\n'],
  ])('calls %s a violation', (_, text) => {
    expect(frame('request', text).problem).not.toBeNull();
  });

  it('reads a head of exactly the limit and no larger one', () => {
    const head = (bytes: number): string => `GET / HTTP/1.1\r\nA: ${'x'.repeat(bytes - 23)}\r\n\r\n`;
    expect(head(MAX_HEAD_BYTES)).toHaveLength(MAX_HEAD_BYTES);
    expect(frame('request', head(MAX_HEAD_BYTES)).problem).toBeNull();
    expect(frame('request', head(MAX_HEAD_BYTES + 1)).problem).toContain('larger');
    expect(frame('request', head(MAX_HEAD_BYTES + 1), [10, 20_000, 65_530, 65_536, 65_537]).problem).toContain('larger');
  });
});

describe('HttpScanner on responses', () => {
  it('frames each kind of response', () => {
    for (const text of RESPONSES) expect(frame('response', text).marks.at(-1)).toBe(`end@${text.length}`);
  });

  it('reads a response without a length until the connection closes', () => {
    const scanner = new HttpScanner('response');
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n');
    let at = 0;
    do at = scanner.scan(bytes, at);
    while (scanner.event !== 'more');
    expect(at).toBe(bytes.length);
    expect(scanner.endsAtClose).toBe(true);
  });

  it('has no body after skipBody, whatever the length says', () => {
    const scanner = new HttpScanner('response');
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n');
    const head = scanner.scan(bytes, scanner.scan(bytes, 0));
    scanner.skipBody();
    expect(scanner.scan(bytes, head)).toBe(bytes.length);
    expect(scanner.event).toBe('end');
  });

  it.each(['HTTP/1.1 20 OK\r\n\r\n', 'HTTP/1.1 2000 OK\r\n\r\n', 'HTTP/1.1 099 X\r\n\r\n', 'ICY 200 OK\r\n\r\n', '\r\nHTTP/1.1 200 OK\r\n\r\n'])('calls %j a violation', (text) => {
    expect(frame('response', text).problem).not.toBeNull();
  });
});

describe('HttpScanner laws', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 40 });

  it('frames a stream the same way however it is cut', () => {
    for (const [role, messages] of [['request', REQUESTS], ['response', RESPONSES]] as const) {
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...messages), { minLength: 1, maxLength: 6 }), cuts, (stream, places) => {
          const text = stream.join('');
          expect(frame(role, text, places)).toEqual(frame(role, text));
        }),
      );
    }
  });

  it('frames a stream the same way byte by byte', () => {
    const text = REQUESTS.join('');
    expect(frame('request', text, Array.from({ length: text.length }, (_, i) => i))).toEqual(frame('request', text));
  });

  it('ends on any bytes, within the chunk, with the same verdict however they are cut', () => {
    const mutated = fc.tuple(fc.constantFrom(...REQUESTS, ...RESPONSES), fc.nat(), fc.string({ unit: 'binary-ascii', maxLength: 6 })).map(([text, place, noise]) => {
      const at = place % text.length;
      return text.slice(0, at) + noise + text.slice(at + 1);
    });
    fc.assert(
      fc.property(fc.constantFrom<MessageRole>('request', 'response'), fc.oneof(mutated, fc.string({ unit: 'binary-ascii', maxLength: 200 })), cuts, (role, text, places) => {
        expect(frame(role, text, places)).toEqual(frame(role, text));
      }),
      { numRuns: 500 },
    );
  });
});
