import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../apps/agent/src/log.js';
import type { ProxySet } from '../../apps/agent/src/proxy/proxy-set.js';
import { readToxiproxyConfig } from '../../apps/agent/src/toxiproxy/config-file.js';
import { send } from '../conformance/toxiproxy/play.js';
import { startFace } from '../conformance/toxiproxy/start-face.js';
import type { StartedFace } from '../conformance/toxiproxy/start-face.js';

const open: StartedFace[] = [];
const directories: string[] = [];

afterEach(async () => {
  for (const face of open.splice(0)) await face.close();
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true });
});

async function start(options: Parameters<typeof startFace>[0] = {}): Promise<StartedFace> {
  const face = await startFace(options);
  open.push(face);
  return face;
}

const get = (face: StartedFace, path: string, headers: Record<string, string> = {}): ReturnType<typeof send> => send(face.url, { method: 'GET', path, headers });
const post = (face: StartedFace, path: string, body: unknown): ReturnType<typeof send> => send(face.url, { method: 'POST', path, body: JSON.stringify(body) });

describe('settings', () => {
  it('tells the version it is given', async () => {
    expect((await get(await start({ version: '2.12.0' }), '/version')).body).toBe('{"version": "2.12.0"}\n');
  });

  it('has a metrics page only when something is to be on it', async () => {
    expect((await get(await start({ metrics: { proxy: false, runtime: false } }), '/metrics')).status).toBe(404);
    const both = (await get(await start({ metrics: { proxy: true, runtime: true } }), '/metrics')).body;
    for (const name of ['toxiproxy_proxy_sent_bytes_total', 'process_cpu_seconds_total', 'nodejs_heap_size_used_bytes']) expect(both).toContain(`# TYPE ${name}`);
    expect((await get(await start({ metrics: { proxy: true, runtime: false } }), '/metrics')).body).not.toContain('process_cpu_seconds_total');
  });

  it('warns when it listens beyond this machine, and takes names there that nobody outside can own', async () => {
    const warn = vi.fn();
    const face = await start({ host: '0.0.0.0', log: { warn, error: () => undefined } as unknown as Log });
    expect(warn).toHaveBeenCalledWith({ host: '0.0.0.0' }, expect.stringContaining('no password'));
    expect((await get(face, '/version', { host: 'toxiproxy:8474' })).status).toBe(200);
    expect((await get(face, '/version', { host: 'rebound.example.com:8474' })).status).toBe(403);
  });

  it('rejects with the reason when its port is taken', async () => {
    const face = await start();
    await expect(startFace({ port: face.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('a proxy of the system file', () => {
  it('carries toxics and a switch, and keeps its address', async () => {
    const face = await start({ fixed: [{ edge: { source: 'web', target: 'shop', protocol: 'tcp' }, listen: '127.0.0.1:0', upstream: '127.0.0.1:1' }] });
    expect((await post(face, '/proxies/web-to-shop/toxics', { type: 'latency', attributes: { latency: 5 } })).status).toBe(200);
    for (const refused of [await send(face.url, { method: 'DELETE', path: '/proxies/web-to-shop' }), await post(face, '/proxies/web-to-shop', { upstream: '127.0.0.1:2' })]) {
      expect(refused.status).toBe(409);
      expect(refused.body).toContain('proxy web-to-shop is declared in the system file');
    }
    expect(face.dataPlane.find('web-to-shop')).toMatchObject({ upstream: '127.0.0.1:1', enabled: true, toxics: [{ type: 'latency' }] });
    expect((await post(face, '/proxies/web-to-shop', { enabled: false })).status).toBe(200);
    expect((await send(face.url, { method: 'POST', path: '/reset' })).status).toBe(204);
    expect(face.dataPlane.find('web-to-shop')).toMatchObject({ enabled: true, toxics: [] });
  });
});

describe('a set of proxies that does not answer', () => {
  afterEach(() => vi.useRealTimers());

  it('keeps nobody waiting for more than 25 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const never = { list: () => [], find: () => undefined, reset: () => new Promise<void>(() => undefined) } as unknown as ProxySet;
    const face = await start({ proxies: never });
    const answer = send(face.url, { method: 'POST', path: '/reset' });
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(25_000);
    expect(await answer).toMatchObject({ status: 503, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html><head><title>Timeout</title></head><body><h1>Timeout</h1></body></html>' });
  });

  it('is a fault of the agent, told as one, when it fails in a way nobody foresaw', async () => {
    const error = vi.fn();
    const broken = { list: () => [], reset: () => Promise.reject(new Error('bug')) } as unknown as ProxySet;
    const face = await start({ proxies: broken, log: { error } as unknown as Log });
    expect(await send(face.url, { method: 'POST', path: '/reset' })).toMatchObject({ status: 500, body: '{"error":"internal error: the log of the agent says what","status":500}\n' });
    expect(error).toHaveBeenCalledOnce();
  });
});

describe('the configuration file', () => {
  async function file(content: unknown): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'toxiproxy-config-'));
    directories.push(directory);
    const path = join(directory, 'toxiproxy.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  it('gives proxies that begin with their toxics', async () => {
    const path = await file([
      { name: 'redis', listen: 'localhost:0', upstream: '127.0.0.1:6379', toxics: [{ type: 'latency', attributes: { latency: 100 } }, { type: 'bandwidth', stream: 'UPSTREAM', name: 'slow', toxicity: 0.5, attributes: { rate: 5 } }] },
      { Name: 'off', Upstream: '127.0.0.1:1', Listen: 'localhost:0', enabled: false, unknown: 1, toxics: null },
    ]);
    const config = await readToxiproxyConfig(path);
    const toxics = [
      { name: 'latency_downstream', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 100, jitter: 0 } },
      { name: 'slow', type: 'bandwidth', stream: 'upstream', toxicity: 0.5, attributes: { rate: 5 } },
    ];
    expect(config).toEqual({
      ok: true,
      proxies: [
        { name: 'redis', listen: '127.0.0.1:0', upstream: '127.0.0.1:6379', enabled: true, toxics },
        { name: 'off', listen: 'localhost:0', upstream: '127.0.0.1:1', enabled: false, toxics: [] },
      ],
    });
    const face = await start();
    for (const proxy of config.ok ? config.proxies : []) await face.dataPlane.create(proxy);
    expect(JSON.parse((await get(face, '/proxies/redis')).body)).toMatchObject({ enabled: true, toxics: [{ name: 'slow' }, { name: 'latency_downstream' }] });
    expect(JSON.parse((await get(face, '/proxies/off')).body)).toMatchObject({ enabled: false });
  });

  it.each([
    ['{', 'unexpected EOF'],
    [{}, 'cannot unmarshal object'],
    [[{ name: 'a' }], 'missing required field: upstream at proxy 1'],
    [[{ name: 'a', upstream: '127.0.0.1:1', listen: 'bad' }], 'proxy a: listen tcp: address bad: missing port in address'],
    [[{ name: 'a', upstream: 'bad', listen: ':0' }], 'proxy a: upstream: address bad: missing port in address'],
    [[{ name: 'a', upstream: '127.0.0.1:1', enabled: false, listen: 'bad' }], 'proxy a: listen tcp: address bad: missing port in address'],
    [[{ name: 'n'.repeat(201), upstream: '127.0.0.1:1' }], 'name is longer than 200 characters'],
    [[{ name: 'a', upstream: '127.0.0.1:1' }, { name: 'a', upstream: '127.0.0.1:1' }], 'two proxies are named a'],
    [[{ name: 'a', upstream: '127.0.0.1:1', toxics: [{ type: 'latency' }, { type: 'nope' }] }], 'toxic 2 of proxy 1: invalid toxic type'],
    [[{ name: 'a', upstream: '127.0.0.1:1', toxics: [{ type: 'latency' }, { type: 'latency' }] }], 'toxic 2 of proxy 1: toxic already exists'],
    [[{ name: 'a', upstream: '127.0.0.1:1', toxics: [{ type: 'latency', attributes: { latency: 'x' } }] }], 'LatencyToxic.attributes.latency of type int64'],
    [[{ name: 'a', upstream: '127.0.0.1:1', toxics: 5 }], 'cannot unmarshal number'],
  ])('%j is not taken', async (content, problem) => {
    const path = await file(content);
    const config = await readToxiproxyConfig(path);
    expect(config).toMatchObject({ ok: false, problem: expect.stringContaining(problem) as string });
    expect(config.ok ? '' : config.problem).toContain(path);
  });

  it('says so when it is not there', async () => {
    expect(await readToxiproxyConfig('/nowhere/toxiproxy.json')).toEqual({ ok: false, problem: 'The Toxiproxy configuration /nowhere/toxiproxy.json is not taken: it cannot be read (ENOENT).' });
  });
});
