import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#contracts';
import type { Toxic } from '#contracts';
import { InTurn } from '../proxy/in-turn.js';
import type { NewProxy, ProxySet, ToxicProxy } from '../proxy/proxy-set.js';
import type { Answer } from './answer.js';
import type { Face } from './face.js';
import { createRoutes } from './routes.js';
import { StreamSpellings } from './stream-spellings.js';

const NO_BYTES = { upstream: { received: 0, sent: 0 }, downstream: { received: 0, sent: 0 } };

/** Proxies without sockets; port 0 becomes 1000, 1001 ... */
class MemoryProxies implements ProxySet {
  readonly all = new Map<string, ToxicProxy>();
  failure: Error | null = null;
  private nextPort = 1000;

  list(): readonly ToxicProxy[] {
    return [...this.all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  find(name: string): ToxicProxy | undefined {
    return this.all.get(name);
  }
  async create({ name, listen, upstream, enabled, toxics }: NewProxy): Promise<ToxicProxy> {
    return this.put({ name, upstream, enabled, toxics, listen: enabled ? this.chosen(listen) : listen, fixed: false, edge: { source: 'a', target: 'b', protocol: 'tcp' }, bytes: NO_BYTES });
  }
  async update(name: string, change: Partial<Pick<ToxicProxy, 'listen' | 'upstream' | 'enabled'>>): Promise<ToxicProxy> {
    return this.put({ ...this.have(name), ...change, ...(change.listen === undefined ? {} : { listen: this.chosen(change.listen) }) });
  }
  async remove(name: string): Promise<void> {
    this.have(name);
    this.all.delete(name);
  }
  async addToxic(name: string, toxic: Toxic): Promise<void> {
    const proxy = this.have(name);
    this.put({ ...proxy, toxics: [...proxy.toxics, toxic] });
  }
  async updateToxic(name: string, toxic: string, change: Pick<Toxic, 'attributes' | 'toxicity'>): Promise<Toxic> {
    const proxy = this.have(name);
    this.put({ ...proxy, toxics: proxy.toxics.map((one) => (one.name === toxic ? { ...one, ...change } : one)) });
    return this.have(name).toxics.find((one) => one.name === toxic)!;
  }
  async removeToxic(name: string, toxic: string): Promise<void> {
    const proxy = this.have(name);
    this.put({ ...proxy, toxics: proxy.toxics.filter((one) => one.name !== toxic) });
  }
  async reset(): Promise<void> {
    for (const proxy of this.all.values()) this.put({ ...proxy, enabled: true, toxics: [] });
  }

  private put(proxy: ToxicProxy): ToxicProxy {
    if (this.failure !== null) throw this.failure;
    this.all.set(proxy.name, proxy);
    return proxy;
  }
  private have(name: string): ToxicProxy {
    if (this.failure !== null) throw this.failure;
    const proxy = this.all.get(name);
    if (proxy === undefined) throw new Error(`there is no proxy named ${name}`);
    return proxy;
  }
  private chosen(listen: string): string {
    return listen.replace(/:0$/, () => `:${this.nextPort++}`);
  }
}

let proxies: MemoryProxies;
let reason: string | null;
let face: Face;
const route = createRoutes({ version: () => ({ status: 200, headers: {}, body: 'v' }), metrics: null });

beforeEach(() => {
  proxies = new MemoryProxies();
  reason = null;
  face = { proxies, turns: new InTurn(), allowed: () => reason, writing: { strict: false, spellings: new StreamSpellings() } };
});

async function ask(method: string, path: string, body: unknown = ''): Promise<Answer> {
  const match = route(method, path);
  if (match.type !== 'handler') throw new Error(match.type);
  return match.handler({ face, names: match.names, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });
}
const make = (name: string, more: object = {}): Promise<Answer> => ask('POST', '/proxies', { name, listen: '127.0.0.1:0', upstream: '127.0.0.1:1', ...more });

function fix(name: string): void {
  proxies.all.set(name, { ...proxies.all.get(name)!, fixed: true });
}

describe('proxies of the system file', () => {
  beforeEach(async () => {
    await make('shop');
    fix('shop');
  });

  it('are switched and carry toxics like any other', async () => {
    expect((await ask('PATCH', '/proxies/shop', { enabled: false })).status).toBe(200);
    expect((await ask('POST', '/proxies/shop/toxics', { type: 'latency' })).status).toBe(200);
    expect((await ask('POST', '/reset')).status).toBe(204);
    expect(proxies.find('shop')).toMatchObject({ enabled: true, toxics: [] });
  });

  it.each([
    ['DELETE', '/proxies/shop', ''],
    ['PATCH', '/proxies/shop', { upstream: '127.0.0.1:2' }],
    ['PATCH', '/proxies/shop', { listen: '127.0.0.1:5' }],
    ['POST', '/populate', [{ name: 'shop', listen: '127.0.0.1:5', upstream: '127.0.0.1:1' }]],
  ])('%s %s %j is refused by the name of what declares them', async (method, path, body) => {
    const before = proxies.list();
    const answer = await ask(method, path, body);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('proxy shop is declared in the system file');
    expect(proxies.list()).toEqual(before);
  });

  it('are kept by a populate that names them as they are', async () => {
    const answer = await ask('POST', '/populate', [{ name: 'shop', listen: '127.0.0.1:1000', upstream: '127.0.0.1:1' }]);
    expect(answer.status).toBe(201);
  });
});

describe('a host that takes no faults without a lease', () => {
  beforeEach(async () => {
    await make('p', {});
    await ask('POST', '/proxies/p/toxics', { type: 'latency' });
    reason = 'the policy of this host does not take toxics';
  });

  it.each([
    ['POST', '/proxies/p/toxics', { type: 'noop' }],
    ['PATCH', '/proxies/p/toxics/latency_downstream', { toxicity: 0.5 }],
    ['PATCH', '/proxies/p', { enabled: false }],
    ['POST', '/proxies', { name: 'q', upstream: '127.0.0.1:1', enabled: false }],
    ['POST', '/populate', [{ name: 'q', upstream: '127.0.0.1:1', enabled: false }]],
  ])('refuses %s %s %j', async (method, path, body) => {
    const before = proxies.list();
    const answer = await ask(method, path, body);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('the policy of this host does not take toxics');
    expect(proxies.list()).toEqual(before);
  });

  it('still lets go, and still makes proxies', async () => {
    expect((await make('q')).status).toBe(201);
    expect((await ask('DELETE', '/proxies/p/toxics/latency_downstream')).status).toBe(204);
    expect((await ask('POST', '/reset')).status).toBe(204);
  });
});

describe('errors', () => {
  beforeEach(async () => {
    await make('p');
    await ask('POST', '/proxies/p/toxics', { type: 'latency', attributes: { latency: 5 } });
  });

  it('a refusal on purpose keeps its status and its words', async () => {
    proxies.failure = new AppError('DISK_FULL', { path: '/x', freeMb: 1, neededMb: 2 });
    const answer = await ask('POST', '/proxies/p/toxics', { type: 'noop' });
    expect(answer.status).toBe(507);
    expect(answer.body).toContain('The disk is full');
  });

  it('a port that cannot be had is told in the words of Go', async () => {
    proxies.failure = Object.assign(new Error('no'), { code: 'EADDRINUSE', syscall: 'listen', address: '::1', port: 80 });
    expect((await make('q', { listen: '[::1]:80' })).body).toBe('{"error":"listen tcp [::1]:80: bind: address already in use","status":500}\n');
    proxies.failure = Object.assign(new Error('no'), { code: 'EACCES', syscall: 'listen', address: '127.0.0.1', port: 80 });
    expect((await ask('POST', '/reset')).body).toBe('{"error":"listen tcp 127.0.0.1:80: bind: permission denied","status":500}\n');
  });

  it('what somebody else removed in the meantime is not found', async () => {
    const { removeToxic } = proxies;
    proxies.removeToxic = async (...args) => {
      proxies.all.clear();
      return removeToxic.apply(proxies, args);
    };
    expect((await ask('DELETE', '/proxies/p/toxics/latency_downstream')).body).toBe('{"error":"proxy not found","status":404}\n');
  });

  it('a fault of this program is not dressed up', async () => {
    proxies.failure = new Error('bug');
    await expect(ask('DELETE', '/proxies/p/toxics/latency_downstream')).rejects.toThrow('bug');
  });

  it('an update that is refused changes nothing of the toxic, not even the attributes before the wrong one', async () => {
    const answer = await ask('PATCH', '/proxies/p/toxics/latency_downstream', '{"attributes":{"latency":99,"jitter":"x"}}');
    expect(answer.status).toBe(400);
    expect(proxies.find('p')!.toxics[0]!.attributes).toEqual({ latency: 5, jitter: 0 });
  });

  it('an address that can never be dialled or listened on is refused before anything is made', async () => {
    expect((await make('q', { upstream: 'redis' })).body).toBe('{"error":"upstream: address redis: missing port in address","status":400}\n');
    expect((await ask('PATCH', '/proxies/p', { upstream: '' })).status).toBe(400);
    expect((await make('q', { listen: 'bad', enabled: false })).status).toBe(500);
    expect([...proxies.all.keys()]).toEqual(['p']);
  });
});

describe('side by side', () => {
  it('of two that make the same proxy one wins', async () => {
    const statuses = await Promise.all([make('p'), make('p'), make('p')]).then((answers) => answers.map(({ status }) => status));
    expect(statuses.sort()).toEqual([201, 409, 409]);
  });

  it('no change of a toxic is lost', async () => {
    await make('p');
    await ask('POST', '/proxies/p/toxics', { type: 'latency' });
    await Promise.all([ask('PATCH', '/proxies/p/toxics/latency_downstream', { attributes: { latency: 5 } }), ask('PATCH', '/proxies/p/toxics/latency_downstream', { attributes: { jitter: 6 } })]);
    expect(proxies.find('p')!.toxics[0]!.attributes).toEqual({ latency: 5, jitter: 6 });
  });
});

describe('the spelling of a stream', () => {
  it('is shown as it was given, and forgotten with the toxic', async () => {
    await make('p');
    expect((await ask('POST', '/proxies/p/toxics', { type: 'noop', stream: 'UpStream', name: 't' })).body).toContain('"stream":"UpStream"');
    expect(proxies.find('p')!.toxics[0]!.stream).toBe('upstream');
    await proxies.reset();
    await proxies.addToxic('p', { name: 't', type: 'noop', stream: 'downstream', toxicity: 1, attributes: {} });
    expect((await ask('GET', '/proxies/p/toxics/t')).body).toContain('"stream":"downstream"');
    await ask('DELETE', '/proxies/p/toxics/t');
    await ask('POST', '/proxies/p/toxics', { type: 'noop', stream: 'upstream', name: 't' });
    expect((await ask('GET', '/proxies/p')).body).toContain('"stream":"upstream"');
  });
});

it('leaves out what Toxiproxy leaks unless strict', async () => {
  expect((await make('p')).body).toBe('{"name":"p","listen":"127.0.0.1:1000","upstream":"127.0.0.1:1","enabled":true,"toxics":[]}');
});
