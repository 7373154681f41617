import type { TargetSpec } from '../target/target-spec.js';

/** A group as HTTP service discovery hands it out (Prometheus' documentation, "HTTP SD"). */
export interface ServedGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** What another scraper needs to reach the same targets under the same labels; how often, and with what credentials, is its own affair. */
export function servedGroups(specs: readonly TargetSpec[]): ServedGroup[] {
  const groups = new Map<string, { targets: string[]; labels: Readonly<Record<string, string>> }>();
  for (const { url, labels } of specs) {
    const served = servedLabels(url, new Map(labels.map(({ name, value }) => [name, value])));
    const key = JSON.stringify(served);
    const group = groups.get(key) ?? { targets: [], labels: served };
    group.targets.push(addressOf(url));
    groups.set(key, group);
  }
  return [...groups.values()];
}

function servedLabels(url: URL, labels: ReadonlyMap<string, string>): Record<string, string> {
  const shown = [...labels].filter(([name, value]) => name !== 'instance' || value !== addressOf(url));
  // A label holds one value: of a parameter that stands several times the scraper that reads this sends the first.
  const params = [...url.searchParams].reverse().map(([name, value]) => [`__param_${name}`, value] as const);
  return Object.fromEntries([...shown, ['__scheme__', url.protocol.slice(0, -1)], ['__metrics_path__', url.pathname], ...params]);
}

/** With its port, which URLs leave out where it is the scheme's own. */
function addressOf({ host, port, protocol }: URL): string {
  return port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host;
}
