import type { ToxiproxyConfig } from './config.js';
import type { Log } from './log.js';
import type { ProxySet } from './proxy/proxy-set.js';
import { readToxiproxyConfig } from './toxiproxy/config-file.js';
import { startToxiproxyApi } from './toxiproxy/toxiproxy-api.js';

interface FaceParts {
  readonly proxies: ProxySet;
  /** Why faults without a lease are refused here; null when they are taken. */
  readonly allowed: () => string | null;
  readonly log: Log;
  /** Tells whoever started this agent. */
  readonly warn: (message: string) => void;
}

export interface ToxiproxyFace {
  /** Null when it is not served. */
  readonly port: number | null;
  close(): Promise<void>;
}

const NO_FACE: ToxiproxyFace = { port: null, close: () => Promise.resolve() };

/** Serves Toxiproxy's API where the settings say. An agent whose port is taken goes on without, for its proxies and its leases matter more. */
export async function serveToxiproxy(config: ToxiproxyConfig | null, { warn, ...parts }: FaceParts): Promise<ToxiproxyFace> {
  if (config === null) return NO_FACE;
  const { host, port, version, strict } = config;
  try {
    return await startToxiproxyApi({ host, port, version, strict, metrics: { proxy: true, runtime: true }, random: Math.random, ...parts });
  } catch (error) {
    const problem = `The Toxiproxy API is not served on ${host}:${port}: ${(error as Error).message}. Set FAULTLINE_AGENT_TOXIPROXY to a free address, or to off.`;
    parts.log.warn(problem);
    warn(problem);
    return NO_FACE;
  }
}

/** Makes the proxies of the configuration file, each together with its toxics. Gives what is wrong with it, in one line; null without a file. */
export async function makeConfiguredProxies(config: ToxiproxyConfig | null, { proxies, allowed }: Pick<FaceParts, 'proxies' | 'allowed'>): Promise<string | null> {
  const file = config?.file ?? null;
  if (file === null) return null;
  const read = await readToxiproxyConfig(file);
  if (!read.ok) return read.problem;
  for (const proxy of read.proxies) {
    const refusal = proxy.enabled && proxy.toxics.length === 0 ? null : allowed();
    const problem = refusal ?? (await proxies.create(proxy).then(() => null, (error: Error) => error.message));
    if (problem !== null) return `The proxy ${proxy.name} of the Toxiproxy configuration ${file} cannot be made: ${problem}.`;
  }
  return null;
}
