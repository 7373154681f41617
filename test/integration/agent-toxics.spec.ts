import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Toxic, ToxicType, UnleasedFault } from '#contracts';
import { SYSTEM_CLOCK } from '../../apps/agent/src/clock.js';
import { createLog } from '../../apps/agent/src/log.js';
import { DataPlane } from '../../apps/agent/src/proxy/data-plane.js';
import type { ToxicProxy } from '../../apps/agent/src/proxy/proxy-set.js';
import { Peer, listen, quiet } from '../support/proxied-edge.js';

const FIXED = { edge: { source: 'shop', target: 'db', protocol: 'tcp' as const }, listen: '127.0.0.1:0' };
const REGION = { name: 'here', city: 'Here', latitudeDeg: 0, longitudeDeg: 0 };

let written: (readonly UnleasedFault[])[];
let write: (faults: readonly UnleasedFault[]) => Promise<void>;
let upstreams: Peer[];
let serve: (peer: Peer) => void;
let server: Server;
let upstream: string;
let plane: DataPlane;
let callers: Peer[];

beforeEach(async () => {
  written = [];
  write = () => Promise.resolve();
  upstreams = [];
  callers = [];
  serve = (peer) => void peer.socket.on('data', (bytes) => peer.socket.write(bytes));
  server = createServer({ allowHalfOpen: true }, (socket) => {
    const peer = new Peer(socket);
    upstreams.push(peer);
    serve(peer);
  });
  upstream = `127.0.0.1:${await listen(server)}`;
  const nodes = ['shop', 'db'].map((name) => ({ name, kind: 'service' as const, region: 'here' }));
  plane = new DataPlane({
    system: { regions: [REGION], nodes, proxies: [{ ...FIXED, upstream }] },
    log: createLog('silent'),
    clock: SYSTEM_CLOCK,
    random: Math.random,
    ledger: {
      putUnleased: async (_proxy, faults) => {
        await write(faults);
        written.push(faults);
      },
    },
  });
  expect(await plane.listen()).toBeNull();
});

afterEach(async () => {
  for (const caller of callers) caller.socket.destroy();
  await plane.close();
  for (const peer of upstreams) peer.socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function toxic(type: ToxicType, attributes: Record<string, number> = {}, more: Partial<Toxic> = {}): Toxic {
  return { name: type, type, stream: 'downstream', toxicity: 1, attributes, ...more };
}

async function proxy(toxics: readonly Toxic[] = []): Promise<ToxicProxy> {
  return plane.create({ name: 'p', listen: '127.0.0.1:0', upstream, enabled: true, toxics });
}

async function dial({ listen: at }: ToxicProxy): Promise<Peer> {
  const caller = new Peer(connect({ port: Number(at.split(':').at(-1)), host: '127.0.0.1', allowHalfOpen: true }));
  callers.push(caller);
  return caller.until((it) => it.connected || it.closed);
}

async function roundTripMs(caller: Peer, text = 'ping'): Promise<number> {
  const [before, startedMs] = [caller.receivedBytes, performance.now()];
  caller.write(text);
  await caller.until((it) => it.receivedBytes >= before + text.length || it.closed || it.ended);
  return performance.now() - startedMs;
}

describe('each toxic on a connection', () => {
  it.each(['upstream', 'downstream'] as const)('latency holds bytes of the %s back, and lets go at once', async (stream) => {
    const made = await proxy();
    const caller = await dial(made);
    await plane.addToxic('p', toxic('latency', { latency: 80, jitter: 0 }, { stream }));
    expect(await roundTripMs(caller)).toBeGreaterThanOrEqual(80);
    await plane.updateToxic('p', 'latency', { attributes: { latency: 600_000, jitter: 0 }, toxicity: 1 });
    const late = roundTripMs(caller);
    await quiet(50);
    await plane.removeToxic('p', 'latency');
    expect(await late).toBeLessThan(60_000);
    expect(caller.text).toBe('pingping');
  });

  it('two latencies add up', async () => {
    const made = await proxy([toxic('latency', { latency: 50, jitter: 0 }, { name: 'a' }), toxic('latency', { latency: 60, jitter: 0 }, { name: 'b' })]);
    expect(await roundTripMs(await dial(made))).toBeGreaterThanOrEqual(110);
  });

  it('bandwidth lets no more pass than its rate, and every byte in order', async () => {
    const made = await proxy([toxic('bandwidth', { rate: 100 })]);
    const caller = await dial(made);
    const sent = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7) % 251));
    const startedMs = performance.now();
    caller.write(sent);
    await caller.until((it) => it.receivedBytes === sent.length);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(199);
    expect(caller.received.equals(sent)).toBe(true);
  });

  it('slicer cuts the bytes up and keeps their order', async () => {
    const made = await proxy([toxic('slicer', { average_size: 10, size_variation: 3, delay: 1_000 })]);
    const caller = await dial(made);
    const text = Array.from({ length: 40 }, (_, i) => `piece ${i},`).join('');
    expect(await roundTripMs(caller, text)).toBeGreaterThanOrEqual(text.length / 13 - 2);
    expect(caller.text).toBe(text);
  });

  it('slow_close delays the end of the stream alone', async () => {
    serve = (peer) => void peer.socket.end('bye');
    const made = await proxy([toxic('slow_close', { delay: 150 })]);
    const caller = await dial(made);
    await caller.until((it) => it.text === 'bye');
    const gotMs = performance.now();
    await caller.until((it) => it.ended);
    expect(performance.now() - gotMs).toBeGreaterThanOrEqual(100);
  });

  it('timeout swallows, and closes after its time', async () => {
    const made = await proxy([toxic('timeout', { timeout: 100 })]);
    const caller = await dial(made);
    expect(await roundTripMs(caller)).toBeGreaterThanOrEqual(90);
    expect([caller.text, caller.error]).toEqual(['', null]);
    expect(upstreams[0]?.text).toBe('ping');
  });

  it('reset_peer ends a live connection with RST', async () => {
    const made = await proxy();
    const caller = await dial(made);
    await roundTripMs(caller);
    await plane.addToxic('p', toxic('reset_peer', { timeout: 0 }));
    caller.write('more');
    await caller.until((it) => it.closed);
    expect([caller.error, caller.ended]).toEqual(['ECONNRESET', false]);
  });

  it('limit_data gives its bytes to the last one, then closes', async () => {
    serve = (peer) => void peer.socket.write(Buffer.alloc(300_000, 'x'));
    const made = await proxy([toxic('limit_data', { bytes: 123_456 })]);
    const caller = await dial(made);
    // Bytes that the proxy never reads must not turn its FIN into an RST.
    caller.write('unasked');
    await caller.until((it) => it.ended || it.closed);
    expect([caller.receivedBytes, caller.error]).toEqual([123_456, null]);
  });

  it('noop does nothing', async () => {
    const made = await proxy([toxic('noop')]);
    const caller = await dial(made);
    await roundTripMs(caller);
    expect(caller.text).toBe('ping');
  });

  it('stands in the chain in the order of adding, and keeps its place when it is changed', async () => {
    const made = await proxy([toxic('limit_data', { bytes: 1_000 }), toxic('latency', { latency: 1, jitter: 0 }), toxic('noop', {}, { stream: 'upstream' })]);
    await plane.updateToxic('p', 'limit_data', { attributes: { bytes: 4 }, toxicity: 1 });
    expect(made.toxics.map(({ name }) => name)).toEqual(['noop', 'limit_data', 'latency']);
    expect(plane.edgeProxy(made.edge)?.rules.map(({ faultId }) => faultId)).toEqual(['toxic:limit_data', 'toxic:latency', 'toxic:noop']);
  });

  it('lets the end of an upstream that broke wait behind the bytes that are held', async () => {
    serve = (peer) => {
      peer.write('last words');
      peer.socket.on('data', () => peer.socket.resetAndDestroy());
    };
    const made = await proxy([toxic('latency', { latency: 150, jitter: 0 })]);
    const caller = await dial(made);
    caller.write('go');
    // A reader that gets bytes and their RST at once may be told of the end of the stream instead (libuv).
    await caller.until((it) => it.closed || it.ended);
    expect(caller.text).toBe('last words');
  });
});

describe('the proxies of an agent', () => {
  it('have the addresses that Go would print', async () => {
    const made = await Promise.all(['localhost:0', ':0', '127.0.0.1:0'].map((at, i) => plane.create({ name: `p${i}`, listen: at, upstream, enabled: true, toxics: [] })));
    expect(made.map(({ listen: at }) => at)).toEqual([expect.stringMatching(/^127\.0\.0\.1:[1-9]\d*$/), expect.stringMatching(/^(\[::\]|0\.0\.0\.0):[1-9]\d*$/), expect.stringMatching(/^127\.0\.0\.1:[1-9]\d*$/)]);
    const raw = await plane.create({ name: 'raw', listen: 'localhost:0', upstream, enabled: false, toxics: [] });
    expect([raw.listen, raw.enabled]).toEqual(['localhost:0', false]);
    for (const each of made) expect(await roundTripMs(await dial(each))).toBeGreaterThan(0);
  });

  it('come with all their toxics, or not at all', async () => {
    const taken = plane.find('shop-to-db')?.listen ?? '';
    await expect(plane.create({ name: 'p', listen: taken, upstream, enabled: true, toxics: [toxic('timeout')] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect([plane.find('p'), plane.unleased(), written.at(-1)]).toEqual([undefined, [], []]);
    const made = await proxy([toxic('timeout', { timeout: 0 })]);
    const caller = await dial(made);
    caller.write('x');
    await quiet(50);
    expect(caller.text).toBe('');
  });

  it('have a toxic in the ledger before it acts, and act without it when it cannot be written', async () => {
    const made = await proxy();
    const rules = (): number => plane.edgeProxy(made.edge)?.rules.length ?? 0;
    let whileWriting = -1;
    write = (faults) => Promise.resolve(void (whileWriting = faults.length * 10 + rules()));
    await plane.addToxic('p', toxic('latency', { latency: 1 }));
    expect([whileWriting, rules()]).toEqual([10, 1]);
    write = () => Promise.reject(new Error('the disk is full'));
    await expect(plane.addToxic('p', toxic('noop'))).rejects.toThrow('the disk is full');
    expect([rules(), made.toxics.length, plane.unleased().length]).toEqual([1, 1, 1]);
  });

  it('are closed by the switch, really, and come back on the same port', async () => {
    const made = await proxy();
    const [live, { listen: at }] = [await dial(made), made];
    await roundTripMs(live);
    await plane.update('p', { enabled: false });
    await live.until((it) => it.closed || it.ended);
    expect((await dial(made)).error).toBe('ECONNREFUSED');
    expect(plane.unleased()).toEqual([{ proxy: 'p', edge: made.edge, toxic: null, sinceMs: expect.any(Number) }]);
    await plane.update('p', { enabled: true });
    expect([made.listen, plane.unleased()]).toEqual([at, []]);
    await roundTripMs(await dial(made));
  });

  it('stay where they are when another address cannot be had', async () => {
    const made = await proxy();
    const { listen: at } = made;
    await expect(plane.update('p', { listen: plane.find('shop-to-db')?.listen ?? '' })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect([made.listen, made.enabled]).toEqual([at, true]);
    await roundTripMs(await dial(made));
  });

  it('are all freed by a reset, also while one is being made and when one cannot listen', async () => {
    const made = await proxy([toxic('timeout')]);
    await plane.update('p', { enabled: false });
    const thief = createServer();
    await new Promise<void>((resolve) => thief.listen(Number(made.listen.split(':')[1]), '127.0.0.1', resolve));
    await plane.addToxic('shop-to-db', toxic('latency', { latency: 1 }));
    const late = plane.create({ name: 'late', listen: '127.0.0.1:0', upstream, enabled: true, toxics: [toxic('timeout')] });
    await expect(plane.reset()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await late).toxics).toEqual([]);
    expect(plane.unleased()).toEqual([expect.objectContaining({ proxy: 'p', toxic: null })]);
    await new Promise((resolve) => thief.close(resolve));
    await plane.reset();
    expect([plane.unleased(), made.enabled, made.toxics]).toEqual([[], true, []]);
  });

  it('keep their number and numbers of their own', async () => {
    let told = 0;
    plane.onDescribed(() => (told += 1));
    const first = await proxy();
    const [meter] = plane.meters.slice(1);
    await plane.remove('p');
    const again = await proxy();
    expect([again.edge, plane.edges.length, plane.meters[1] === meter, told]).toEqual([first.edge, 2, true, 1]);
    const alike = await Promise.all(['a/b', 'a b'].map((name) => plane.create({ name, listen: '127.0.0.1:0', upstream, enabled: true, toxics: [] })));
    expect(alike.map(({ edge }) => edge.target)).toEqual(['a-b', 'a-b-2']);
    expect(plane.nodes.map(({ name }) => name)).toEqual(['shop', 'db', 'toxiproxy', 'p', 'a-b', 'a-b-2']);
    await roundTripMs(await dial(again));
    expect(plane.meters[1]?.drain(1)).toMatchObject({ edge: 1, outcomes: { ok: 1 } });
  });

  it('of the system file take toxics, and are neither moved nor removed', async () => {
    const fixed = plane.find('shop-to-db')!;
    await plane.addToxic(fixed.name, toxic('noop'));
    await expect(plane.remove(fixed.name)).rejects.toThrow('system file');
    await expect(plane.update(fixed.name, { upstream: '127.0.0.1:1' })).rejects.toThrow('system file');
    await expect(plane.removeToxic(fixed.name, 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(plane.addToxic(fixed.name, toxic('noop'))).rejects.toThrow('already');
  });
});
