import type { NewProxy, ToxicProxy } from '../proxy/proxy-set.js';
import { PROXY_EXISTS, PROXY_NOT_FOUND, missing } from './answer.js';
import type { Problem } from './answer.js';
import { attempt, failed, forbidden, goneProxy } from './face.js';
import type { Face, Outcome } from './face.js';
import { addressProblem, resolveListen } from './listen-address.js';
import { MAX_NAME_LENGTH, NAME_TOO_LONG } from './toxic-json.js';

/** Makes a proxy that is not there yet; `listen` is as typed, and the empty text is any address and any port. One that starts disabled keeps its address as typed: it is looked up when it first listens. */
export async function makeProxy(face: Face, wanted: NewProxy): Promise<Outcome<ToxicProxy>> {
  const problem = wantedProblem(wanted);
  if (problem !== null) return { ok: false, problem };
  const refusal = wanted.enabled ? null : forbidden(face);
  if (refusal !== null) return { ok: false, problem: refusal };
  const taken = (): Problem | null => (face.proxies.find(wanted.name) === undefined ? null : PROXY_EXISTS);
  if (!wanted.enabled) return attempt(() => face.proxies.create(wanted), taken);
  const resolved = await resolveListen(wanted.listen);
  if (!resolved.ok) return failed(`listen tcp: ${resolved.problem}`, 500);
  return attempt(() => face.proxies.create({ ...wanted, listen: resolved.address.listenOn }), taken);
}

/** What is wrong with a proxy that is asked for, before anything is tried; null when nothing is. */
export function wantedProblem({ name, listen, upstream }: NewProxy): Problem | null {
  if (name.length > MAX_NAME_LENGTH) return NAME_TOO_LONG;
  const unlistenable = addressProblem(listen);
  return upstreamProblem(upstream) ?? (unlistenable === null ? null : { error: `listen tcp: ${unlistenable}`, status: 500 });
}

/** Brings a proxy to the wanted addresses and switch. Nothing is touched when it is there already; a refusal leaves it as it was. */
export async function alterProxy(face: Face, proxy: ToxicProxy, wanted: Pick<NewProxy, 'listen' | 'upstream' | 'enabled'>): Promise<Outcome<ToxicProxy>> {
  const resolved = await resolveListen(wanted.listen);
  if (!resolved.ok) return failed(resolved.problem, 500);
  const moves = resolved.address.text !== proxy.listen || wanted.upstream !== proxy.upstream;
  const switches = wanted.enabled !== proxy.enabled;
  if (moves && proxy.fixed) return { ok: false, problem: isFixed(proxy) };
  const undialable = wanted.upstream === proxy.upstream ? null : upstreamProblem(wanted.upstream);
  if (undialable !== null) return { ok: false, problem: undialable };
  const refusal = switches && !wanted.enabled ? forbidden(face) : null;
  if (refusal !== null) return { ok: false, problem: refusal };
  if (!moves && !switches) return { ok: true, value: proxy };
  const addresses = { listen: wanted.enabled ? resolved.address.listenOn : wanted.listen, upstream: wanted.upstream };
  return attempt(() => face.proxies.update(proxy.name, { ...(moves ? addresses : {}), ...(switches ? { enabled: wanted.enabled } : {}) }), goneProxy(face, proxy.name));
}

/** What populate does with each: one that is there with the same addresses is kept, with its toxics and its switch; any other is replaced and begins without toxics. */
export async function addOrReplace(face: Face, wanted: NewProxy): Promise<Outcome<ToxicProxy>> {
  const existing = face.proxies.find(wanted.name);
  if (existing === undefined) return makeProxy(face, wanted);
  const resolved = await resolveListen(wanted.listen);
  if (!resolved.ok) return failed(resolved.problem, 500);
  if (resolved.address.text === existing.listen && wanted.upstream === existing.upstream) return { ok: true, value: existing };
  const altered = await alterProxy(face, existing, wanted);
  return altered.ok ? strip(face, altered.value) : altered;
}

export function isFixed({ name }: ToxicProxy): { readonly error: string; readonly status: 409 } {
  return { error: `proxy ${name} is declared in the system file of this agent: change or remove it there`, status: 409 };
}

/** Toxiproxy takes any text and fails every connection later; a mistake is told when it is made. */
function upstreamProblem(upstream: string): Problem | null {
  if (upstream === '') return missing('upstream');
  const problem = addressProblem(upstream);
  return problem === null ? null : { error: `upstream: ${problem}`, status: 400 };
}

async function strip(face: Face, proxy: ToxicProxy): Promise<Outcome<ToxicProxy>> {
  const { proxies, writing } = face;
  for (const { name } of [...proxy.toxics]) {
    const removed = await attempt(() => proxies.removeToxic(proxy.name, name), goneProxy(face, proxy.name));
    if (!removed.ok) return removed;
    writing.spellings.forget(proxy.name, name);
  }
  const stripped = proxies.find(proxy.name);
  return stripped === undefined ? { ok: false, problem: PROXY_NOT_FOUND } : { ok: true, value: stripped };
}
