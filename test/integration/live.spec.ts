import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_PATH, type LiveFrame, type Topology } from '#contracts';
import { FrameDecoder } from '#traffic';
import type { ApiClient, FaultRequest } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent, SMALL_SHOP, edgeSecond } from '../support/fake-agent.js';
import { LiveReader } from '../support/live-reader.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

type Decoded = ReturnType<FrameDecoder['decode']>;

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let agent: FakeAgent;

function nowSec(): number {
  return Math.floor(Date.now() / 1_000);
}

function slow(): FaultRequest {
  return { target: { type: 'edge', edge: agent.edge(0) }, fault: { kind: 'latency', params: { latencyMs: 400, jitterMs: 0, share: 1 } }, durationMs: 60_000 };
}

/** A bare client that keeps every decoded frame, and whose reading can be stopped. */
class RawClient {
  readonly frames: Decoded[] = [];
  readonly socket: Socket;
  private readonly decoder = new FrameDecoder();

  constructor(headers: Record<string, string>) {
    this.socket = io(server.origin, { path: LIVE_PATH, transports: ['websocket'], extraHeaders: headers, forceNew: true, reconnection: false });
    this.socket.on('frame', (bytes: Uint8Array) => this.frames.push(this.decoder.decode(new Uint8Array(bytes))));
  }

  async subscribed(view: unknown = { kind: 'world' }): Promise<unknown> {
    return this.socket.timeout(10_000).emitWithAck('subscribe', view);
  }

  types(): Decoded['type'][] {
    return this.frames.map(({ type }) => type);
  }

  of<Type extends LiveFrame['type']>(type: Type): Extract<LiveFrame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<LiveFrame, { type: Type }> => frame.type === type);
  }

  /** Stops reading from the TCP connection, as a browser in a stalled tab or on a dead line does. */
  stall(stalled: boolean): void {
    const { transport } = this.socket.io.engine as unknown as { transport: { ws: { pause(): void; resume(): void } } };
    if (stalled) transport.ws.pause();
    else transport.ws.resume();
  }
}

function cookieHeaders(client: ApiClient): Record<string, string> {
  return { cookie: client.cookie, origin: client.origin };
}

async function metric(name: string): Promise<number> {
  const response = await fetch(`${server.origin}/metrics`, { headers: { cookie: admin.cookie } });
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await response.text())?.[1] ?? Number.NaN);
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
  agent = await FakeAgent.start(admin);
});
afterAll(async () => {
  agent?.vanish();
  await server?.stop();
  await postgres?.stop();
});

describe('the live stream', () => {
  it('begins with dictionary, topology, keyframe, faults with and without a lease, and halt', async () => {
    const client = new RawClient(cookieHeaders(admin));
    expect(await client.subscribed()).toEqual({ ok: true });
    await waitUntil('the start is there', () => client.frames.length >= 6);
    expect(client.types().slice(0, 6)).toEqual(['dictionary', 'topology', 'keyframe', 'event', 'event', 'event']);
    expect(client.of('event').slice(0, 3).map(({ event }) => event)).toEqual([
      { kind: 'faults', faults: [] },
      { kind: 'unleased', faults: [] },
      { kind: 'halt', halt: null },
    ]);
    client.socket.disconnect();
  });

  it('goes on with one delta a tick, each on top of the one before', async () => {
    const client = new RawClient(cookieHeaders(admin));
    await client.subscribed();
    await waitUntil('four ticks came', () => client.of('delta').length + client.of('keyframe').length >= 5);
    expect(client.types()).not.toContain('gap');
    const seqs = [...client.of('keyframe'), ...client.of('delta')].map(({ seq }) => seq).sort((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i));
    client.socket.disconnect();
  });

  it('shows exactly the requests that were reported, also those before it was joined', async () => {
    let sent = 0;
    for (let second = 0; second < 4; second += 1) {
      const ok = 11 + second;
      agent.report(nowSec() - 10 + second, [edgeSecond(1, { ok, serverError: 3 })]);
      sent += ok + 3;
    }
    const reader = await LiveReader.connect(server.origin, admin.cookie);
    const again = agent.report(nowSec() - 5, [edgeSecond(1, { ok: 100 })]);
    agent.send({ type: 'flow', report: again });
    sent += 100;
    await waitUntil('the picture has them all', () => reader.requests(agent.edge(1)) >= sent);
    expect(reader.requests(agent.edge(1))).toBe(sent);
    expect(reader.state(agent.edge(1))?.serverError).toBe(12);
    reader.close();
  });

  it('shows a fault through its life, a halt and its end, and an agent that goes and comes', async () => {
    const reader = await LiveReader.connect(server.origin, admin.cookie);
    const { id } = await admin.createFault(slow());
    await admin.halt('drill');
    await admin.resume('over');
    agent.vanish();
    await waitUntil('its edges are stale', () => reader.state(agent.edge(0))?.stale === true);
    await agent.connect();
    await waitUntil('its edges are not stale any more', () => reader.state(agent.edge(0))?.stale === false);
    const states = reader.events.flatMap((event) => (event.kind === 'fault' && event.fault.id === id ? [event.fault.state] : []));
    expect(states).toEqual(['planned', 'applying', 'active', 'reverting', 'reverted']);
    const halts = reader.events.flatMap((event) => (event.kind === 'halt' ? [event.halt?.reason ?? null] : []));
    expect(halts).toEqual([null, 'drill', null]);
    expect(reader.events.flatMap((event) => (event.kind === 'agent' ? [event.connected] : []))).toEqual([false, true]);
    reader.close();
  });

  it('takes up a new node and edge, and drops those that are gone', async () => {
    const reader = await LiveReader.connect(server.origin, admin.cookie);
    const grown: Topology = {
      regions: SMALL_SHOP.regions,
      nodes: [...SMALL_SHOP.nodes, { name: 'mail', kind: 'external', region: 'us' }],
      edges: [...SMALL_SHOP.edges, { source: 'cart', target: 'mail', protocol: 'http' }],
    };
    agent.vanish();
    await agent.connect({ nodes: grown.nodes, edges: grown.edges });
    await waitUntil('the new node is there', () => reader.nodeNames().includes('mail'));
    agent.report(nowSec() - 1, [edgeSecond(3, { ok: 5 })]);
    await waitUntil('its traffic is there', () => reader.requests({ source: 'cart', target: 'mail', protocol: 'http' }) === 5);
    agent.vanish();
    await agent.connect();
    await waitUntil('it is gone', () => !reader.nodeNames().includes('mail'));
    expect(reader.edgeKeys()).toHaveLength(3);
    reader.close();
  });

  it('gives a new start to a client that asks for one', async () => {
    const client = new RawClient(cookieHeaders(admin));
    await client.subscribed();
    await waitUntil('it follows', () => client.of('delta').length > 0);
    client.socket.emit('resync');
    await waitUntil('the second start is there', () => client.of('dictionary').length === 2);
    await waitUntil('it follows again', () => client.types().at(-1) === 'delta');
    expect(client.types()).not.toContain('gap');
    client.socket.disconnect();
  });
});

describe('the door of the live stream', () => {
  async function refusal(headers: Record<string, string>): Promise<string> {
    const client = new RawClient(headers);
    return new Promise((resolve) => {
      client.socket.on('connect_error', (error) => resolve(error.message));
      client.socket.on('connect', () => resolve('connected'));
    });
  }

  it('is closed to whoever is not signed in, and to pages of another origin', async () => {
    expect(await refusal({ origin: server.origin })).not.toBe('connected');
    expect(await refusal({ ...cookieHeaders(admin), origin: 'https://evil.example' })).not.toBe('connected');
  });

  it('answers a malformed subscription with what is wrong', async () => {
    const client = new RawClient(cookieHeaders(admin));
    expect(await client.subscribed({ kind: 'moon' })).toMatchObject({ ok: false, code: 'INVALID_REQUEST' });
    client.socket.disconnect();
  });

  it('throws out whoever signs out', async () => {
    const viewer = await server.signIn('viewer');
    const client = new RawClient(cookieHeaders(viewer));
    expect(await client.subscribed()).toEqual({ ok: true });
    await viewer.need('DELETE', '/api/session');
    await waitUntil('it is disconnected', () => !client.socket.connected);
  });

  it('cuts off a client whose message is larger than any it could need', async () => {
    const client = new RawClient(cookieHeaders(admin));
    await client.subscribed();
    client.socket.emit('subscribe', { kind: 'x'.repeat(10_000) });
    await waitUntil('it is disconnected', () => !client.socket.connected);
  });
});

describe('a slow client', () => {
  const NODES = 150;
  const big: Topology = {
    regions: SMALL_SHOP.regions,
    nodes: Array.from({ length: NODES }, (_, i) => ({ name: `service-with-a-long-name-${i}`, kind: 'service', region: 'eu' })),
    edges: Array.from({ length: NODES * 130 }, (_, i) => ({ source: `service-with-a-long-name-${i % NODES}`, target: `service-with-a-long-name-${Math.floor(i / NODES)}`, protocol: 'http' })),
  };

  it('skips ticks instead of piling them up, and starts anew when it reads again, while others go on', async () => {
    agent.vanish();
    await agent.connect({ nodes: big.nodes, edges: big.edges });
    const quick = new RawClient(cookieHeaders(admin));
    const stalled = new RawClient(cookieHeaders(admin));
    await Promise.all([quick.subscribed(), stalled.subscribed()]);
    await waitUntil('both follow', () => [quick, stalled].every((client) => client.of('delta').length > 0));
    stalled.stall(true);
    let round = 0;
    await waitUntil('ticks are skipped', async () => {
      round += 1;
      // Starts of a large graph fill the buffers between the two processes faster than ticks do.
      stalled.socket.emit('resync');
      agent.report(nowSec() - 1, big.edges.map((_, edge) => edgeSecond(edge, { ok: 1 + (edge * 31 + round * 7) % 5_000 })));
      return (await metric('faultline_live_ticks_skipped_total')) > 0;
    }, 60_000);
    const before = quick.of('delta').length;
    await waitUntil('the quick one goes on', () => quick.of('delta').length > before + 2);
    stalled.stall(false);
    await waitUntil('the stalled one is told to start over', () => stalled.of('reset').some(({ reason }) => reason === 'behind'));
    await waitUntil('it follows again', () => stalled.types().lastIndexOf('delta') > stalled.types().lastIndexOf('reset'));
    expect(stalled.types()).not.toContain('gap');
    expect(quick.of('reset')).toEqual([]);
    quick.socket.disconnect();
    stalled.socket.disconnect();
  });
});
