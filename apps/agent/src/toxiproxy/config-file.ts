import { readFile } from 'node:fs/promises';
import type { Toxic } from '#contracts';
import type { NewProxy } from '../proxy/proxy-set.js';
import { TOXIC_EXISTS } from './answer.js';
import { wantedProblem } from './change-proxy.js';
import type { GoReader } from './go-json/go-reader.js';
import { resolveListen } from './listen-address.js';
import { wantedProxies } from './populate.js';
import { readProxies } from './proxy-json.js';
import { readToxic } from './toxic-json.js';

export type ToxiproxyConfig = { readonly ok: true; readonly proxies: readonly NewProxy[] } | { readonly ok: false; readonly problem: string };

/**
 * Reads a file of Toxiproxy's `-config` format: what `POST /populate` takes. Beyond Toxiproxy, each proxy may have `toxics`, written as for
 * `POST /proxies/{proxy}/toxics`: the proxy then begins with them. Addresses are resolved, so each can be handed to `ProxySet.create` as it is.
 */
export async function readToxiproxyConfig(path: string): Promise<ToxiproxyConfig> {
  const text = await readFile(path).catch((error: NodeJS.ErrnoException) => error);
  const parsed = text instanceof Error ? { ok: false as const, problem: `it cannot be read (${text.code})` } : await parseConfig(text);
  return parsed.ok ? parsed : { ok: false, problem: `The Toxiproxy configuration ${path} is not taken: ${parsed.problem}.` };
}

async function parseConfig(text: Uint8Array): Promise<ToxiproxyConfig> {
  const toxics = new ToxicLists();
  const read = readProxies(text, (reader, index) => toxics.members(reader, index));
  if (!read.ok) return read;
  const wanted = wantedProxies(read.value);
  if (!wanted.ok) return { ok: false, problem: wanted.problem.error };
  if (toxics.problem !== null) return { ok: false, problem: toxics.problem };
  const proxies = wanted.value.map((proxy, index) => ({ ...proxy, toxics: toxics.of(index) }));
  const twice = proxies.find(({ name }, i) => proxies.findIndex((other) => other.name === name) !== i);
  return twice === undefined ? resolveAll(proxies) : { ok: false, problem: `two proxies are named ${twice.name}` };
}

async function resolveAll(proxies: readonly NewProxy[]): Promise<ToxiproxyConfig> {
  const resolved: NewProxy[] = [];
  for (const proxy of proxies) {
    const problem = wantedProblem(proxy);
    if (problem !== null) return { ok: false, problem: `proxy ${proxy.name}: ${problem.error}` };
    const found = proxy.enabled ? await resolveListen(proxy.listen) : null;
    if (found !== null && !found.ok) return { ok: false, problem: `proxy ${proxy.name}: ${found.problem}` };
    resolved.push(found === null ? proxy : { ...proxy, listen: found.address.listenOn });
  }
  return { ok: true, proxies: resolved };
}

/** The toxics of each proxy of the list, by its index. */
class ToxicLists {
  /** The first thing that is wrong with a toxic. */
  problem: string | null = null;
  private readonly byProxy = new Map<number, Toxic[]>();

  of(index: number): readonly Toxic[] {
    return this.byProxy.get(index) ?? [];
  }

  members(reader: GoReader, index: number): Readonly<Record<string, () => void>> {
    return {
      toxics: () => {
        const toxics: Toxic[] = [];
        reader.list('[]toxics.ToxicWrapper', () => this.add(toxics, reader.raw(), index));
        this.byProxy.set(index, toxics);
      },
    };
  }

  private add(toxics: Toxic[], text: Uint8Array, index: number): void {
    const read = readToxic(text, (name) => (toxics.some((toxic) => toxic.name === name) ? TOXIC_EXISTS : null));
    if (read.ok) toxics.push(read.toxic);
    else this.problem ??= `toxic ${toxics.length + 1} of proxy ${index + 1}: ${read.problem.error}`;
  }
}
