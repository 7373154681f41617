import type { DnsRecordType } from './discovery-config.js';
import type { TargetFinder } from './discovery.js';
import { ADDRESS_LABEL } from './target-group.js';
import type { TargetGroup } from './target-group.js';

/** `host`: a name without the final dot, or an address. `port`: null where the record names none. */
export interface DnsRecord {
  readonly host: string;
  readonly port: number | null;
}

/** Rejects when there is no answer; that there are no records is an answer. */
export type DnsLookup = (name: string, type: DnsRecordType) => Promise<readonly DnsRecord[]>;

const NAME_LABEL = '__meta_dns_name';
// Prometheus keeps the final dot in these.
const TARGET_LABELS: Readonly<Partial<Record<DnsRecordType, string>>> = { SRV: '__meta_dns_srv_record_target', MX: '__meta_dns_mx_record_target', NS: '__meta_dns_ns_record_target' };
const PORT_LABEL = '__meta_dns_srv_record_port';

export interface DnsQuestion {
  readonly names: readonly string[];
  readonly type: DnsRecordType;
  readonly port: number;
}

/** `dns_sd_configs`: a name without an answer keeps what it was last known for. */
export class DnsFinder implements TargetFinder {
  private readonly known = new Map<string, TargetGroup>();

  constructor(
    private readonly question: DnsQuestion,
    private readonly lookup: DnsLookup,
  ) {}

  async find(): Promise<{ groups: readonly TargetGroup[]; problem: string | null }> {
    const problems = await Promise.all(this.question.names.map((name) => this.ask(name)));
    return { groups: this.question.names.flatMap((name) => this.known.get(name) ?? []), problem: problems.filter((problem) => problem !== null).join('; ') || null };
  }

  close(): void {
    this.known.clear();
  }

  private async ask(name: string): Promise<string | null> {
    try {
      const records = await this.lookup(name, this.question.type);
      this.known.set(name, { targets: [...records].sort(byPlace).map((record) => this.labelsOf(name, record)), labels: new Map() });
      return null;
    } catch (error) {
      return `${name}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private labelsOf(name: string, { host, port }: DnsRecord): Map<string, string> {
    const { type } = this.question;
    const labels = new Map([[ADDRESS_LABEL, `${host.includes(':') ? `[${host}]` : host}:${port ?? this.question.port}`], [NAME_LABEL, name]]);
    const targetLabel = TARGET_LABELS[type];
    if (targetLabel !== undefined) labels.set(targetLabel, `${host}.`);
    if (type === 'SRV') labels.set(PORT_LABEL, String(port ?? ''));
    return labels;
  }
}

/** Servers turn the order round from answer to answer. */
function byPlace(one: DnsRecord, other: DnsRecord): number {
  if (one.host !== other.host) return one.host < other.host ? -1 : 1;
  return (one.port ?? 0) - (other.port ?? 0);
}
