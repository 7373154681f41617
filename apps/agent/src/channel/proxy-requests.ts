import { TOXIC_ATTRIBUTES } from '#contracts';
import type { AgentMessage, CreateProxy, ProxyView, ServerMessage, Toxic } from '#contracts';
import type { NewProxy, ProxySet, ToxicProxy } from '../proxy/proxy-set.js';

export type ProxyRequest = Extract<ServerMessage, { type: 'list-proxies' | 'make-proxy' | 'remove-proxy' }>;

interface ProxyRequestsParts {
  readonly proxies: ProxySet;
  /** Why faults without a lease are refused here; null when they are taken. */
  readonly toxicRefusal: () => string | null;
}

const LISTEN_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process has the port',
  EADDRNOTAVAIL: 'this host has no such address',
  EACCES: 'the port needs more rights',
  ENOTFOUND: 'there is no such host',
};

/** Answers what the server asks of this agent's proxies. */
export class ProxyRequests {
  constructor(private readonly parts: ProxyRequestsParts) {}

  async answer(request: ProxyRequest): Promise<AgentMessage> {
    const { requestId } = request;
    try {
      return await this.carryOut(request);
    } catch (error) {
      return { type: 'proxy-refused', requestId, reason: problemText(error as NodeJS.ErrnoException, request).slice(0, 500) };
    }
  }

  private async carryOut(request: ProxyRequest): Promise<AgentMessage> {
    const { proxies } = this.parts;
    const { requestId } = request;
    switch (request.type) {
      case 'list-proxies':
        return { type: 'proxies', requestId, proxies: proxies.list().map(viewOf) };
      case 'make-proxy':
        return this.make(requestId, request.proxy);
      case 'remove-proxy':
        await proxies.remove(request.name);
        return { type: 'proxy-removed', requestId };
    }
  }

  private async make(requestId: string, asked: CreateProxy): Promise<AgentMessage> {
    const proxy = newProxy(asked);
    const refusal = proxy.toxics.length === 0 && proxy.enabled ? null : this.parts.toxicRefusal();
    const reason = refusal ?? toxicProblem(proxy.toxics);
    if (reason !== null) return { type: 'proxy-refused', requestId, reason };
    return { type: 'proxy-made', requestId, proxy: viewOf(await this.parts.proxies.create(proxy)) };
  }
}

/** Names and attributes that were left out are Toxiproxy's. */
function newProxy({ toxics, ...proxy }: CreateProxy): NewProxy {
  return { ...proxy, toxics: toxics.map(({ name, ...toxic }) => ({ ...toxic, name: name ?? `${toxic.type}_${toxic.stream}`, attributes: { ...zeroes(toxic.type), ...toxic.attributes } })) };
}

function zeroes(type: Toxic['type']): Record<string, number> {
  return Object.fromEntries(TOXIC_ATTRIBUTES[type].map((name) => [name, 0]));
}

function toxicProblem(toxics: readonly Toxic[]): string | null {
  const names = new Set<string>();
  for (const { name, type, attributes } of toxics) {
    if (names.has(name)) return `two toxics are named ${name}: give each a name of its own`;
    names.add(name);
    const known: readonly string[] = TOXIC_ATTRIBUTES[type];
    const unknown = Object.keys(attributes).find((attribute) => !known.includes(attribute));
    if (unknown !== undefined) return `the toxic ${name} has no attribute ${unknown}: ${type} has ${known.join(', ') || 'none'}`;
  }
  return null;
}

function problemText({ syscall, code = '', message }: NodeJS.ErrnoException, request: ProxyRequest): string {
  if (syscall === undefined || request.type !== 'make-proxy') return message;
  return `it cannot listen on ${request.proxy.listen}: ${LISTEN_PROBLEMS[code] ?? message}`;
}

function viewOf({ name, listen, upstream, enabled, fixed, toxics }: ToxicProxy): ProxyView & { toxics: Toxic[] } {
  return { name, listen, upstream, enabled, fixed, toxics: [...toxics] };
}
