import type { AgentSystem } from '#contracts';

/** The name of each proxy of a system file in Toxiproxy's API: its own, or made of its edge, with the protocol where that alone would be another's name. */
export function proxyNames({ proxies }: AgentSystem): readonly string[] {
  const plain = proxies.map(({ name, edge }) => name ?? `${edge.source}-to-${edge.target}`);
  const uses = new Map<string, number>();
  for (const name of plain) uses.set(name, (uses.get(name) ?? 0) + 1);
  return proxies.map(({ name, edge }, i) => name ?? (uses.get(plain[i]!) === 1 ? plain[i]! : `${plain[i]}-${edge.protocol}`));
}
