import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Toxiproxy, ToxiproxyError } from 'toxiproxy-node-client';
import type { ICreateToxicBody, Proxy, Toxic } from 'toxiproxy-node-client';
import { startFace } from '../conformance/toxiproxy/start-face.js';
import type { StartedFace } from '../conformance/toxiproxy/start-face.js';
import { waitUntil } from '../support/wait-until.js';

/** The published client, as it is, against the agent: every route it knows, and what each toxic does to bytes on real sockets. */
let face: StartedFace;
let client: Toxiproxy;
let upstream: Server;
let proxy: Proxy;
const sockets: Socket[] = [];

beforeAll(async () => {
  face = await startFace({ strict: false, version: '2.12.0' });
  client = new Toxiproxy(face.url);
  // Echoes, and says goodbye after the caller's end: a proxy that drops half-open connections loses it.
  upstream = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => socket.write(chunk));
    socket.on('end', () => socket.end('bye'));
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
});
afterAll(async () => {
  await face.close();
  upstream.close();
});

beforeEach(async () => {
  proxy = await client.createProxy({ name: 'shop', listen: '127.0.0.1:0', upstream: upstreamAddress() });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const one of Object.values(await client.getAll())) await one.remove();
});

function upstreamAddress(): string {
  return `127.0.0.1:${(upstream.address() as AddressInfo).port}`;
}

/** One caller's end of a connection through a proxy. */
class Caller {
  text = '';
  ended = false;
  closed = false;
  error: string | null = null;
  readonly socket: Socket;

  constructor(listen: string) {
    this.socket = connect({ host: '127.0.0.1', port: Number(listen.split(':').at(-1)), allowHalfOpen: true, noDelay: true });
    sockets.push(this.socket);
    this.socket.on('data', (chunk: Buffer) => (this.text += chunk.toString('latin1')));
    this.socket.on('end', () => (this.ended = true));
    this.socket.on('error', (error: NodeJS.ErrnoException) => (this.error = error.code ?? error.message));
    this.socket.on('close', () => (this.closed = true));
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  async until(what: string, holds: (caller: this) => boolean): Promise<number> {
    const startedMs = performance.now();
    while (!holds(this)) {
      if (performance.now() - startedMs > 30_000) throw new Error(`in vain until ${what}: got ${JSON.stringify({ bytes: this.text.length, ended: this.ended, closed: this.closed, error: this.error })}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return performance.now() - startedMs;
  }

  /** Milliseconds until `text` has come back. */
  async echo(text: string): Promise<number> {
    const before = this.text.length;
    return this.send(text).until('the echo', () => this.text.length >= before + text.length);
  }
}

function dial(): Caller {
  return new Caller(proxy.listen);
}

function addToxic<T extends object>(type: string, attributes: T, more: Partial<ICreateToxicBody<T>> = {}): Promise<Toxic<T>> {
  return proxy.addToxic<T>({ name: `${type}_1`, type, stream: 'downstream', toxicity: 1, attributes, ...more } as ICreateToxicBody<T>);
}

describe('every route', () => {
  it('makes, shows, lists, changes and removes proxies', async () => {
    expect(proxy.toJson()).toMatchObject({ name: 'shop', upstream: upstreamAddress(), enabled: true });
    expect(proxy.listen).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    expect((await client.get('shop')).toJson()).toEqual(proxy.toJson());
    expect(Object.keys(await client.getAll())).toEqual(['shop']);
    await expect(client.createProxy({ name: 'shop', listen: '', upstream: 'x:1' })).rejects.toThrow(new ToxiproxyError('Error', 'Request failed with status code 409'));
    await expect(client.get('nope')).rejects.toThrow('Request failed with status code 404');
    const moved = await proxy.update({ enabled: false, listen: proxy.listen, upstream: '127.0.0.1:9' });
    expect(moved.toJson()).toMatchObject({ enabled: false, upstream: '127.0.0.1:9' });
    await proxy.remove();
    expect(await client.getAll()).toEqual({});
  });

  it('makes, shows, lists, changes and removes toxics', async () => {
    const toxic = await addToxic('latency', { latency: 5, jitter: 1 });
    expect(toxic.toJson()).toEqual({ name: 'latency_1', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 5, jitter: 1 } });
    expect((await proxy.getToxic('latency_1')).toJson()).toEqual(toxic.toJson());
    const updated = await toxic.update({ ...toxic.toJson(), toxicity: 0.5, attributes: { latency: 7, jitter: 0 } });
    expect(updated.toJson()).toMatchObject({ toxicity: 0.5, attributes: { latency: 7, jitter: 0 } });
    expect((await client.api.get(`${proxy.getPath()}/toxics`)).data).toEqual([{ ...updated.toJson() }]);
    await toxic.remove();
    await expect(proxy.getToxic('latency_1')).rejects.toThrow('404');
  });

  it('populates, resets, and tells its version', async () => {
    await addToxic('latency', { latency: 5, jitter: 0 });
    await proxy.update({ enabled: false, listen: proxy.listen, upstream: proxy.upstream });
    const made = await client.populate([
      { name: 'shop', listen: proxy.listen, upstream: proxy.upstream },
      { name: 'bank', listen: '127.0.0.1:0', upstream: '127.0.0.1:9' },
    ]);
    expect(Object.keys(made)).toEqual(['shop', 'bank']);
    expect(made['shop']!.enabled).toBe(false);
    await client.reset();
    expect((await client.get('shop')).enabled).toBe(true);
    expect((await client.api.get(`${proxy.getPath()}/toxics`)).data).toEqual([]);
    expect(await client.getVersion()).toContain('2.12.0');
  });
});

describe('what toxics do, seen from outside', () => {
  it('latency delays every answer, also on connections that are open, until it is removed', async () => {
    const caller = dial();
    await caller.echo('before');
    const toxic = await addToxic('latency', { latency: 200, jitter: 0 });
    expect(await caller.echo('during')).toBeGreaterThanOrEqual(199);
    await toxic.update({ ...toxic.toJson(), attributes: { latency: 400, jitter: 0 } });
    expect(await caller.echo('longer')).toBeGreaterThanOrEqual(399);
    await toxic.remove();
    expect(await caller.echo('after')).toBeLessThan(399);
    expect(caller.text).toBe('beforeduringlongerafter');
  });

  it('bandwidth holds a rate of 1000 bytes a second for each KB', async () => {
    await addToxic('bandwidth', { rate: 20 });
    expect(await dial().echo('x'.repeat(10_000))).toBeGreaterThanOrEqual(350);
  });

  it('a bandwidth of 0 passes nothing, and removing it waits for nobody', async () => {
    const toxic = await addToxic('bandwidth', { rate: 0 });
    const caller = dial();
    await caller.until('connected', ({ socket }) => !socket.connecting);
    const echoed = caller.echo('x'.repeat(4_000_000));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(caller.text).toBe('');
    await toxic.remove();
    await echoed;
  });

  it('slow_close delays the end and nothing else', async () => {
    await addToxic('slow_close', { delay: 300 });
    const caller = dial();
    await caller.echo('now');
    caller.socket.end();
    expect(await caller.until('the end', ({ ended }) => ended)).toBeGreaterThanOrEqual(299);
    expect(caller.text).toBe('nowbye');
  });

  it('timeout swallows everything and closes after its time', async () => {
    await addToxic('timeout', { timeout: 300 });
    const caller = dial().send('lost');
    expect(await caller.until('the close', ({ ended, closed }) => ended || closed)).toBeGreaterThanOrEqual(250);
    expect(caller.text).toBe('');
  });

  it('a timeout of 0 swallows for ever and closes the connection when it is removed', async () => {
    const toxic = await addToxic('timeout', { timeout: 0 });
    const caller = dial().send('lost');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(caller).toMatchObject({ text: '', ended: false, closed: false });
    await toxic.remove();
    await caller.until('the close', ({ ended, closed }) => ended || closed);
    expect(caller.text).toBe('');
  });

  it('reset_peer resets, on a connection that is open as well', async () => {
    const caller = dial();
    await caller.echo('fine');
    await addToxic('reset_peer', { timeout: 0 });
    await caller.send('next').until('the reset', ({ closed }) => closed);
    expect(caller.text).toBe('fine');
    expect(caller.error).toBe('ECONNRESET');
  });

  it('slicer parts the stream and loses nothing of it', async () => {
    await addToxic('slicer', { average_size: 10, size_variation: 5, delay: 3_000 });
    const text = Array.from({ length: 300 }, (_, i) => String.fromCharCode(33 + (i % 90))).join('');
    const caller = dial();
    expect(await caller.echo(text)).toBeGreaterThanOrEqual(30);
    expect(caller.text).toBe(text);
  });

  it('limit_data closes after so many bytes', async () => {
    await addToxic('limit_data', { bytes: 10 });
    const caller = dial().send('0123456789abcdef');
    await caller.until('the close', ({ ended, closed }) => ended || closed);
    expect(caller.text).toBe('0123456789');
  });

  it('noop does nothing', async () => {
    await addToxic('noop', {});
    const caller = dial();
    await caller.echo('as it was');
    expect(caller.text).toBe('as it was');
  });

  it('disabled refuses connections and drops those that are open; enabled listens on the same port', async () => {
    const open = dial();
    await open.echo('fine');
    const off = await proxy.update({ enabled: false, listen: proxy.listen, upstream: proxy.upstream });
    await open.until('the drop', ({ ended, closed }) => ended || closed);
    const refused = dial();
    await refused.until('the refusal', ({ closed }) => closed);
    expect(refused.error).toBe('ECONNREFUSED');
    expect((await off.update({ enabled: true, listen: proxy.listen, upstream: proxy.upstream })).listen).toBe(proxy.listen);
    await dial().echo('back');
  });

  it('acts on the stream it names: upstream, the server hears less', async () => {
    const heard: string[] = [];
    upstream.once('connection', (socket: Socket) => socket.on('data', (chunk: Buffer) => heard.push(chunk.toString())));
    await addToxic('limit_data', { bytes: 3 }, { stream: 'upstream' });
    const caller = dial().send('abcdef');
    await caller.until('the close', ({ ended, closed }) => ended || closed);
    expect(heard.join('')).toBe('abc');
  });
});

describe('what Toxiproxy does wrong and this does not', () => {
  it('toxicity 0 hits nobody', async () => {
    await addToxic('reset_peer', { timeout: 0 }, { toxicity: 0 });
    for (let i = 0; i < 30; i += 1) await dial().echo('unharmed');
  });

  it('a caller that ends its half still gets the answer', async () => {
    const caller = dial();
    caller.socket.end('question');
    await caller.until('the goodbye', ({ ended }) => ended);
    expect(caller.text).toBe('questionbye');
  });

  it('bytes are counted while the connection lives', async () => {
    await dial().echo('12345');
    const line = `toxiproxy_proxy_sent_bytes_total{direction="downstream",listener="${proxy.listen}",proxy="shop",upstream="${upstreamAddress()}"} 5`;
    await waitUntil('the bytes are counted', async () => (await client.api.getText(`${face.url}/metrics`)).split('\n').includes(line));
  });

  it('a dead upstream is told by a reset and never by silence', async () => {
    await proxy.update({ enabled: true, listen: proxy.listen, upstream: '127.0.0.1:1' });
    const caller = dial().send('anyone?');
    await caller.until('the end', ({ ended, closed }) => ended || closed);
    expect(caller.text).toBe('');
  });
});
