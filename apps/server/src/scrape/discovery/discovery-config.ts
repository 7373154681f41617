import type { HttpClientConfig } from '../config/http-client-config.js';
import type { TargetGroup } from './target-group.js';

export const DNS_RECORD_TYPES = ['SRV', 'A', 'AAAA', 'MX', 'NS'] as const;
export type DnsRecordType = (typeof DNS_RECORD_TYPES)[number];

/** One entry of a `*_sd_configs` list, or all of `static_configs`. */
export type DiscoveryConfig =
  | { readonly kind: 'static'; readonly groups: readonly TargetGroup[] }
  /** Absolute paths; the last part of each may hold one `*`. */
  | { readonly kind: 'file'; readonly patterns: readonly string[]; readonly refreshMs: number }
  | { readonly kind: 'http'; readonly url: string; readonly refreshMs: number; readonly client: HttpClientConfig }
  /** `port` is for records that name none: all but SRV. */
  | { readonly kind: 'dns'; readonly names: readonly string[]; readonly type: DnsRecordType; readonly port: number; readonly refreshMs: number };
