import type { ToxicProxy } from '../proxy/proxy-set.js';
import { goJsonText } from './go-json/go-text.js';
import { readGoJson } from './go-json/go-reader.js';
import type { GoReader, ReadResult } from './go-json/go-reader.js';
import { toxicJson } from './toxic-json.js';
import type { StreamSpellings } from './stream-spellings.js';

/** A proxy as a client writes it; undefined is what it left out. */
export interface ProxyInput {
  name?: string | undefined;
  listen?: string | undefined;
  upstream?: string | undefined;
  enabled?: boolean | undefined;
}

const POPULATE_TYPE = 'struct { toxiproxy.Proxy; Enabled *bool "json:\\"enabled\\"" }';

export function readProxy(body: Uint8Array): ReadResult<ProxyInput> {
  return readGoJson(body, (reader) => proxyMembers(reader, { type: 'toxiproxy.Proxy', proxy: 'Proxy', enabled: 'Proxy' }));
}

/**
 * Reads a list of proxies. `member` is asked for a reader of further members of each, which Toxiproxy would skip; it gets the proxy's index.
 */
export function readProxies(body: Uint8Array, member: (reader: GoReader, index: number) => Readonly<Record<string, () => void>> = () => ({})): ReadResult<readonly ProxyInput[]> {
  return readGoJson(body, (reader) => {
    const inputs: ProxyInput[] = [];
    reader.list(`[]${POPULATE_TYPE}`, () => inputs.push(proxyMembers(reader, { type: POPULATE_TYPE, proxy: '.Proxy', enabled: '' }, member(reader, inputs.length))));
    return inputs;
  });
}

/** Go's names for the members, which depend on what the proxy is a part of. */
interface GoNames {
  readonly type: string;
  readonly proxy: string;
  readonly enabled: string;
}

function proxyMembers(reader: GoReader, names: GoNames, more: Readonly<Record<string, () => void>> = {}): ProxyInput {
  const input: ProxyInput = {};
  reader.struct(names.type, null, {
    ...more,
    name: () => (input.name = reader.string(`${names.proxy}.name`) ?? input.name),
    listen: () => (input.listen = reader.string(`${names.proxy}.listen`) ?? input.listen),
    upstream: () => (input.upstream = reader.string(`${names.proxy}.upstream`) ?? input.upstream),
    enabled: () => (input.enabled = reader.bool(`${names.enabled}.enabled`) ?? input.enabled),
    // Toxiproxy's own struct has it, so clients that send back what they were given send it too.
    logger: () => reader.struct('zerolog.Logger', `${names.proxy}.Logger`, {}),
  });
  return input;
}

/** How proxies are written: with the empty `Logger` that Toxiproxy leaks when strict. */
export interface Writing {
  readonly strict: boolean;
  readonly spellings: StreamSpellings;
}

export function proxyJson(proxy: ToxicProxy, { strict, spellings }: Writing): string {
  const members = [
    `"name":${goJsonText(proxy.name)}`,
    `"listen":${goJsonText(proxy.listen)}`,
    `"upstream":${goJsonText(proxy.upstream)}`,
    `"enabled":${proxy.enabled}`,
    ...(strict ? ['"Logger":{}'] : []),
    `"toxics":${toxicsJson(proxy, spellings)}`,
  ];
  return `{${members.join(',')}}`;
}

export function toxicsJson(proxy: ToxicProxy, spellings: StreamSpellings): string {
  return `[${proxy.toxics.map((toxic) => toxicJson(toxic, spellings.of(proxy.name, toxic))).join(',')}]`;
}
