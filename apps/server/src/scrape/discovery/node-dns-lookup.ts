import { Resolver } from 'node:dns/promises';
import type { DnsLookup, DnsRecord } from './dns-finder.js';
import type { DnsRecordType } from './discovery-config.js';

const NO_RECORDS: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);
// Shorter than any sensible refresh interval, longer than a slow server takes.
const OPTIONS = { timeout: 5_000, tries: 2 };

const QUERIES: Readonly<Record<DnsRecordType, (resolver: Resolver, name: string) => Promise<readonly DnsRecord[]>>> = {
  SRV: async (resolver, name) => (await resolver.resolveSrv(name)).map(({ name: host, port }) => ({ host, port })),
  A: async (resolver, name) => (await resolver.resolve4(name)).map(withoutPort),
  AAAA: async (resolver, name) => (await resolver.resolve6(name)).map(withoutPort),
  MX: async (resolver, name) => (await resolver.resolveMx(name)).map(({ exchange }) => withoutPort(exchange)),
  NS: async (resolver, name) => (await resolver.resolveNs(name)).map(withoutPort),
};

/** Asks the servers that the system names. Names must be complete: the system's search list is not tried. */
export const nodeDnsLookup: DnsLookup = async (name, type) => {
  try {
    return await QUERIES[type](new Resolver(OPTIONS), name);
  } catch (error) {
    if (NO_RECORDS.has((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
};

function withoutPort(host: string): DnsRecord {
  return { host, port: null };
}
