import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, proxyTo, quiet, startEdge } from '../support/proxied-edge.js';
import type { Peer, Proxied, ProxiedEdge } from '../support/proxied-edge.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** An edge whose upstream is sockets in the test's hands. */
async function bare(onUpstream?: (peer: Peer) => void): Promise<ProxiedEdge> {
  const edge = await startEdge('http', onUpstream);
  closing.push(() => edge.close());
  return edge;
}

/** An edge in front of Node's own HTTP server. */
async function served(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Proxied> {
  const server = createServer(handler);
  const edge = await proxyTo('http', await listen(server));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  closing.push(() => edge.close());
  return edge;
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const ok = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const countOf = (text: string, part: string): number => text.split(part).length - 1;

describe('an http edge without a fault', () => {
  it('serves keep-alive requests on one connection and classes their outcomes', async () => {
    const edge = await served((request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      response.end('body');
    });
    const caller = await edge.dial();
    for (const [i, status] of [200, 302, 404, 500, 503].entries()) {
      caller.write(get(`/${status}`));
      await caller.until((it) => countOf(it.text, 'HTTP/1.1 ') === i + 1 && it.text.endsWith('body'));
    }
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 2, clientError: 1, serverError: 2, noResponse: 0 }, faulted: 0, connectionsOpened: 1 });
  });

  it('passes request and response bytes exactly as they came', async () => {
    const edge = await bare();
    const caller = await edge.dial();
    const odd = 'pOsT  /%7Ea HTTP/1.1\r\nhOsT:x\r\nX-Odd:\t caf\xe9 \r\ncontent-length: 3\r\n\r\nabc'.replace('  ', ' ');
    caller.write(Buffer.from(odd, 'latin1'));
    const upstream = await (await edge.upstream()).until((it) => it.receivedBytes === odd.length);
    expect(upstream.text).toBe(odd);
    const answer = 'HTTP/1.1 200 \r\nx-A: 1\r\nX-a: 2\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: 1\r\n\r\n';
    upstream.write(answer);
    await caller.until((it) => it.text === answer);
    expect(edge.meter.drain(0)?.outcomes).toMatchObject({ ok: 1 });
  });

  it('matches pipelined responses in order, also when they come in one piece', async () => {
    const edge = await bare();
    const caller = await edge.dial();
    caller.write(get('/1') + get('/2') + get('/3'));
    const upstream = await (await edge.upstream()).until((it) => countOf(it.text, 'GET') === 3);
    upstream.write(`${ok('a')}HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n${ok('c')}`);
    await caller.until((it) => it.text.endsWith('c'));
    expect(edge.meter.drain(0)?.outcomes).toMatchObject({ ok: 2, clientError: 1 });
  });

  it('knows that an answer to HEAD has no body', async () => {
    const edge = await bare();
    const caller = await edge.dial();
    caller.write(`HEAD / HTTP/1.1\r\nHost: x\r\n\r\n${get('/')}`);
    const upstream = await (await edge.upstream()).until((it) => countOf(it.text, 'HTTP/1.1') === 2);
    upstream.write(`HTTP/1.1 404 No\r\nContent-Length: 12\r\n\r\n${ok('body')}`);
    await caller.until((it) => it.text.endsWith('body'));
    expect(edge.meter.drain(0)?.outcomes).toEqual({ ok: 1, clientError: 1, serverError: 0, noResponse: 0 });
  });

  it('passes 100 Continue and counts one request', async () => {
    const edge = await served((request, response) => void request.on('data', () => undefined).on('end', () => response.end('done')));
    const caller = await edge.dial();
    caller.write('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
    await caller.until((it) => it.text.includes('100 Continue'));
    caller.write('body');
    await caller.until((it) => it.text.includes('done'));
    expect(edge.meter.drain(0)?.outcomes).toMatchObject({ ok: 1, noResponse: 0 });
  });

  it('becomes a tunnel behind 101, and behind 2xx to CONNECT', async () => {
    const edge = await bare();
    const openings = [
      ['GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi'],
      ['CONNECT db:5432 HTTP/1.1\r\nHost: db\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n\x81\x02hi'],
    ] as const;
    for (const [i, [question, answer]] of openings.entries()) {
      const caller = await edge.dial();
      caller.write(question);
      const upstream = await (await edge.upstream(i)).until((it) => it.text === question);
      upstream.write(Buffer.from(answer, 'latin1'));
      await caller.until((it) => it.text === answer);
      caller.write(Buffer.from([0, 255, 1, 254]));
      await upstream.until((it) => it.receivedBytes === question.length + 4);
      upstream.write('more');
      await caller.until((it) => it.text.endsWith('more'));
    }
    expect(edge.meter.drain(0)?.outcomes).toEqual({ ok: 2, clientError: 0, serverError: 0, noResponse: 0 });
  });

  it('takes the close of the upstream as the end of a response without a length', async () => {
    const edge = await bare((peer) => void peer.socket.on('data', () => peer.socket.end('HTTP/1.0 200 OK\r\n\r\nsome body')));
    const caller = await edge.dial();
    caller.write(get('/'));
    await caller.until((it) => it.ended);
    expect(caller.text).toContain('some body');
    expect(edge.meter.drain(0)?.outcomes).toMatchObject({ ok: 1, noResponse: 0 });
  });

  it('counts a response that is cut short, or never comes, as noResponse', async () => {
    const edge = await bare();
    for (const [i, answer] of ['', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'].entries()) {
      const caller = await edge.dial();
      caller.write(get('/'));
      const upstream = await (await edge.upstream(i)).until((it) => it.receivedBytes > 0);
      upstream.socket.end(answer);
      await caller.until((it) => it.ended);
    }
    expect(edge.meter.drain(0)?.outcomes).toMatchObject({ ok: 0, noResponse: 3 });
  });

  it('counts a caller that gives up as noResponse, once', async () => {
    const edge = await bare();
    const caller = await edge.dial();
    caller.write(get('/slow'));
    const upstream = await (await edge.upstream()).until((it) => it.receivedBytes > 0);
    caller.socket.destroy();
    await upstream.until((it) => it.ended);
    upstream.socket.end(ok('late'));
    await upstream.until((it) => it.closed);
    expect(edge.meter.drain(0)?.outcomes).toEqual({ ok: 0, clientError: 0, serverError: 0, noResponse: 1 });
  });

  it('brings a half-closed caller its answer', async () => {
    const edge = await bare();
    const caller = await edge.dial();
    caller.socket.end(get('/'));
    const upstream = await (await edge.upstream()).until((it) => it.ended);
    upstream.socket.end(ok('answer'));
    await caller.until((it) => it.ended);
    expect(caller.text).toBe(ok('answer'));
  });

  it('passes bytes that are not HTTP untouched, and counts them as exchanges', async () => {
    const edge = await bare((peer) => void peer.socket.on('data', (chunk: Buffer) => peer.socket.write(chunk)));
    for (const bytes of [Buffer.from([0x16, 3, 1, 0, 0xff]), Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.from('POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n')]) {
      const caller = await edge.dial();
      for (const byte of bytes) caller.write(Buffer.from([byte]));
      await caller.until((it) => it.receivedBytes === bytes.length);
      expect(caller.received.equals(bytes)).toBe(true);
    }
    expect(edge.meter.drain(0)?.outcomes.noResponse).toBe(0);
  });

  it('passes a partial head on at once, so that nobody waits for a request to become one', async () => {
    const edge = await bare();
    const caller = await edge.dial();
    caller.write('GE');
    await (await edge.upstream()).until((it) => it.text === 'GE');
  });

  it('streams 150 MB both ways without keeping it', async () => {
    const sizeBytes = 150 * 1_048_576;
    const edge = await served((incoming, response) => {
      response.writeHead(200);
      incoming.pipe(response);
    });
    const before = process.memoryUsage();
    let highestBytes = 0;
    const watch = setInterval(() => {
      const now = process.memoryUsage();
      highestBytes = Math.max(highestBytes, now.arrayBuffers - before.arrayBuffers);
    }, 10);
    const echoed = await new Promise<number>((resolve, reject) => {
      const outgoing = request({ port: edge.proxy.port, host: '127.0.0.1', method: 'POST' }, (response) => {
        let seen = 0;
        response.on('data', (chunk: Buffer) => (seen += chunk.length)).on('end', () => resolve(seen));
      }).on('error', reject);
      const piece = Buffer.alloc(65_536, 7);
      let left = sizeBytes / piece.length;
      const pump = (): void => {
        while (left > 0) {
          left -= 1;
          if (!outgoing.write(piece)) return void outgoing.once('drain', pump);
        }
        outgoing.end();
      };
      pump();
    });
    clearInterval(watch);
    expect(echoed).toBe(sizeBytes);
    expect(highestBytes).toBeLessThan(sizeBytes / 2);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { ok: 1 } });
  });

  it('passes a broken upstream on as a reset', async () => {
    const edge = await bare();
    const caller = await edge.dial();
    caller.write(get('/'));
    (await (await edge.upstream()).until((it) => it.receivedBytes > 0)).socket.resetAndDestroy();
    await caller.until((it) => it.closed);
    expect(caller.error).toBe('ECONNRESET');
    await quiet(0);
    expect(edge.meter.drain(0)).toMatchObject({ outcomes: { noResponse: 1 }, connectionsActive: 0 });
  });
});
