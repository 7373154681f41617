import { resolve } from 'node:path';
import { z } from 'zod';
import { DNS_RECORD_TYPES } from '../discovery/discovery-config.js';
import type { DiscoveryConfig, DnsRecordType } from '../discovery/discovery-config.js';
import { groupOfAddresses } from '../discovery/target-group.js';
import { count, fail, orElse, positiveDurationMs, refused, text } from './config-fields.js';
import { checkOneAuthentication, httpClientFields, toHttpClientConfig } from './http-client-schema.js';

const FILE_REFRESH_MS = 5 * 60_000;
const HTTP_REFRESH_MS = 60_000;
const DNS_REFRESH_MS = 30_000;
const FILE_PATTERN = /^[^*]*(?:\*[^/]*)?\.(?:json|yml|yaml|JSON|YML|YAML)$/;
const MAX_PORT = 65_535;
const ELSEWHERE = 'let a program that knows those targets write a file for file_sd_configs, or serve a list for http_sd_configs';
const OTHER_DISCOVERIES = [
  ...['aws', 'azure', 'consul', 'digitalocean', 'docker', 'dockerswarm', 'ec2', 'eureka', 'gce', 'hetzner', 'ionos', 'kubernetes', 'kuma', 'lightsail', 'linode', 'marathon'],
  ...['nerve', 'nomad', 'oci', 'openstack', 'outscale', 'ovhcloud', 'puppetdb', 'scaleway', 'serverset', 'stackit', 'triton', 'uyuni', 'vultr'],
];

export const labelMap = z.record(text.min(1, 'a label needs a name'), text.nullable()).transform((labels) => new Map(Object.entries(labels).map(([name, value]) => [name, value ?? ''])));

/** One group, as it stands in static_configs and in the lists that files and servers give. */
export const targetGroup = z
  .strictObject({ targets: orElse(z.array(text), []), labels: orElse(labelMap, new Map<string, string>()) })
  .transform(({ targets, labels }) => groupOfAddresses(targets, labels));

const recordType = text.transform((type, context): DnsRecordType => DNS_RECORD_TYPES.find((known) => known === type.toUpperCase()) ?? fail(context, `must be one of ${DNS_RECORD_TYPES.join(', ')}`));

const dns = z
  .strictObject({
    names: z.array(text).min(1, 'names at least one name'),
    type: orElse(recordType, 'SRV' as const),
    port: orElse(count.refine((port) => port <= MAX_PORT, `must be at most ${MAX_PORT}`), 0),
    refresh_interval: orElse(positiveDurationMs, DNS_REFRESH_MS),
  })
  .refine(({ type, port }) => type === 'SRV' || port > 0, { path: ['port'], message: 'a port is needed for all records but SRV' })
  .transform(({ names, type, port, refresh_interval: refreshMs }): DiscoveryConfig => ({ kind: 'dns', names, type, port, refreshMs }));

/** The options by which a scrape configuration finds its targets. Relative files are sought beside the configuration. */
export function discoveryFields(directory: string) {
  const pattern = text.regex(FILE_PATTERN, 'must end in .json, .yml or .yaml, with at most one * in its last part').transform((file) => resolve(directory, file));
  const file = z
    .strictObject({ files: z.array(pattern).min(1, 'names at least one file'), refresh_interval: orElse(positiveDurationMs, FILE_REFRESH_MS) })
    .transform(({ files, refresh_interval: refreshMs }): DiscoveryConfig => ({ kind: 'file', patterns: files, refreshMs }));
  const http = z
    .strictObject({ url: text.refine(isHttpUrl, 'must be a URL that begins with http:// or https://'), refresh_interval: orElse(positiveDurationMs, HTTP_REFRESH_MS), ...httpClientFields(directory) })
    .superRefine(checkOneAuthentication)
    .transform((given): DiscoveryConfig => ({ kind: 'http', url: given.url, refreshMs: given.refresh_interval, client: toHttpClientConfig(given) }));
  return {
    static_configs: orElse(z.array(targetGroup), []),
    file_sd_configs: orElse(z.array(file), []),
    http_sd_configs: orElse(z.array(http), []),
    dns_sd_configs: orElse(z.array(dns), []),
    // As `object`, so that names unknown to the compiler do not blur the types of those above.
    ...(Object.fromEntries(OTHER_DISCOVERIES.map((name) => [`${name}_sd_configs`, refused(ELSEWHERE)])) as object),
  };
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
