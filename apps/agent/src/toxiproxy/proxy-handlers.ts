import type { ToxicProxy } from '../proxy/proxy-set.js';
import { EMPTY, PROXY_EXISTS, PROXY_NOT_FOUND, badBody, json, missing, refused } from './answer.js';
import type { Answer } from './answer.js';
import { alterProxy, isFixed, makeProxy } from './change-proxy.js';
import { attempt, goneProxy } from './face.js';
import type { Face, Outcome } from './face.js';
import { goJsonText } from './go-json/go-text.js';
import { resolveListen } from './listen-address.js';
import { listenProblem } from './listen-problem.js';
import { proxyJson, readProxy } from './proxy-json.js';

export function listProxies({ proxies, writing }: Face): Answer {
  return json(200, `{${proxies.list().map((proxy) => `${goJsonText(proxy.name)}:${proxyJson(proxy, writing)}`).join(',')}}`);
}

export function showProxy({ proxies, writing }: Face, name: string): Answer {
  const proxy = proxies.find(name);
  return proxy === undefined ? refused(PROXY_NOT_FOUND) : json(200, proxyJson(proxy, writing));
}

export async function createProxy(face: Face, body: Uint8Array): Promise<Answer> {
  const read = readProxy(body);
  if (!read.ok) return refused(badBody(read.problem));
  const { name = '', listen = '', upstream = '', enabled = true } = read.value;
  if (name === '') return refused(missing('name'));
  if (upstream === '') return refused(missing('upstream'));
  return face.turns.run(name, async () => {
    if (face.proxies.find(name) !== undefined) return refused(PROXY_EXISTS);
    return answer(face, 201, await makeProxy(face, { name, listen, upstream, enabled, toxics: [] }));
  });
}

/** The name can never change: one in the body is ignored. */
export function updateProxy(face: Face, name: string, body: Uint8Array): Promise<Answer> {
  return face.turns.run(name, async () => {
    const proxy = face.proxies.find(name);
    if (proxy === undefined) return refused(PROXY_NOT_FOUND);
    const read = readProxy(body);
    if (!read.ok) return refused(badBody(read.problem));
    const { listen = proxy.listen, upstream = proxy.upstream, enabled = proxy.enabled } = read.value;
    return answer(face, 200, await alterProxy(face, proxy, { listen, upstream, enabled }));
  });
}

export async function removeProxy(face: Face, name: string): Promise<Answer> {
  const { proxies, writing } = face;
  const proxy = proxies.find(name);
  if (proxy === undefined) return refused(PROXY_NOT_FOUND);
  if (proxy.fixed) return refused(isFixed(proxy));
  const toxics = proxy.toxics.map((toxic) => toxic.name);
  const removed = await attempt(() => proxies.remove(name), goneProxy(face, name));
  if (!removed.ok) return refused(removed.problem);
  for (const toxic of toxics) writing.spellings.forget(name, toxic);
  return EMPTY;
}

/** Toxics go first and wait for nothing; a proxy whose port cannot be had stays disabled and is the error. */
export async function reset({ proxies }: Face): Promise<Answer> {
  try {
    await proxies.reset();
    return EMPTY;
  } catch (error) {
    const unlistened = proxies.list().find((proxy) => !proxy.enabled);
    const address = unlistened === undefined ? null : await resolveListen(unlistened.listen);
    const problem = address === null || address.ok ? listenProblem(error) : `listen tcp: ${address.problem}`;
    if (problem === null) throw error;
    return refused({ error: problem, status: 500 });
  }
}

function answer({ writing }: Face, status: number, outcome: Outcome<ToxicProxy>): Answer {
  return outcome.ok ? json(status, proxyJson(outcome.value, writing)) : refused(outcome.problem);
}
