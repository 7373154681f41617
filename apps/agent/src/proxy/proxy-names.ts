import type { AgentSystem, Proxy } from '#contracts';

/** The name of each proxy of a system file in Toxiproxy's API: its own, or made of its edge, with the protocol where two would be alike. */
export function proxyNames({ proxies }: AgentSystem): string[] {
  const plain = proxies.map(({ name, edge }) => name ?? `${edge.source}-to-${edge.target}`);
  return proxies.map((proxy, i) => (proxy.name === undefined && plain.filter((name) => name === plain[i]).length > 1 ? withProtocol(proxy) : plain[i]!));
}

function withProtocol({ edge }: Proxy): string {
  return `${edge.source}-to-${edge.target}-${edge.protocol}`;
}

/** A node's name for a proxy that was given any name at run time: what nodes may not have becomes a dash. */
export function nodeNameOf(proxy: string): string {
  const safe = proxy.replace(/[^A-Za-z0-9._:-]/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 63);
  return safe === '' ? 'unnamed' : safe;
}
