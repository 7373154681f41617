import { edgeKeyText, edgeLabel } from '#contracts';
import type { AgentSystem, EdgeKey, Toxic, TopologyNode, UnleasedFault } from '#contracts';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { EdgeMeter } from '../sensors/edge-meter.js';
import { EdgeProxy } from './edge-proxy.js';
import { InTurn } from './in-turn.js';
import { nodeNameOf, proxyNames } from './proxy-names.js';
import type { NewProxy, ProxySet, ToxicProxy } from './proxy-set.js';
import { ToxicChain } from './toxic-chain.js';

interface DataPlaneParts {
  readonly system: AgentSystem;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: () => number;
  /** Makes durable which faults without a lease are about to act on a proxy; rejects when that cannot be had, and nothing is then changed. */
  readonly ledger: { putUnleased(proxy: string, faults: readonly UnleasedFault[]): Promise<void> };
}

interface Entry extends Omit<ToxicProxy, 'listen' | 'upstream' | 'enabled' | 'toxics' | 'bytes'> {
  readonly proxy: EdgeProxy;
  readonly chain: ToxicChain;
}

// Callers that Faultline knows nothing of but that they dial a proxy made at run time.
const UNKNOWN_CALLER = 'toxiproxy';

/** Every proxy of this agent: those of the system file, and those made at run time through either face. */
export class DataPlane implements ProxySet {
  /** By the index of the edge in the agent's hello and reports. Grows; an index never changes its edge. */
  readonly meters: EdgeMeter[] = [];
  /** By the same index; those of proxies that are gone keep theirs. */
  readonly edges: EdgeKey[] = [];
  readonly nodes: TopologyNode[];
  private readonly entries = new Map<string, Entry>();
  private readonly byKey = new Map<string, EdgeProxy>();
  private readonly turns = new InTurn();
  private tellDescribed = (): void => undefined;
  private tellUnleased = (): void => undefined;

  constructor(private readonly parts: DataPlaneParts) {
    const { system } = parts;
    this.nodes = [...system.nodes];
    const names = proxyNames(system);
    system.proxies.forEach((proxy, i) => this.add(this.entry({ name: names[i]!, edge: proxy.edge, listen: proxy.listen, upstream: proxy.upstream, fixed: true })));
  }

  /** Calls `act` when there are more nodes and edges than before. */
  onDescribed(act: () => void): void {
    this.tellDescribed = act;
  }

  /** Calls `act` after each change of what acts without a lease. */
  onUnleased(act: () => void): void {
    this.tellUnleased = act;
  }

  /** Starts to listen on every edge; gives one line that says what to do when a port cannot be had, and then listens on none. */
  async listen(): Promise<string | null> {
    for (const { proxy } of this.entries.values()) {
      const problem = await proxy.open().then(() => null, (error: NodeJS.ErrnoException) => listenProblem(proxy, error));
      if (problem !== null) {
        await this.close();
        return problem;
      }
    }
    return null;
  }

  edgeProxy(edge: EdgeKey): EdgeProxy | undefined {
    return this.byKey.get(edgeKeyText(edge));
  }

  /** Stops to listen and closes every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.entries.values()].map(({ proxy }) => proxy.close()));
  }

  unleased(): UnleasedFault[] {
    return [...this.entries.values()].flatMap(({ chain, proxy }) => chain.unleased(chain.toxics, proxy.enabled));
  }

  list(): readonly ToxicProxy[] {
    return [...this.entries.values()].map(viewOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): ToxicProxy | undefined {
    const entry = this.entries.get(name);
    return entry === undefined ? undefined : viewOf(entry);
  }

  create(wanted: NewProxy): Promise<ToxicProxy> {
    return this.turns.run(wanted.name, async () => {
      if (this.entries.has(wanted.name)) throw new Error(`there is already a proxy named ${wanted.name}`);
      const edge: EdgeKey = { source: UNKNOWN_CALLER, target: nodeNameOf(wanted.name), protocol: 'tcp' };
      const entry = this.entry({ ...wanted, edge, fixed: false });
      await this.write(entry, wanted.toxics, wanted.enabled);
      for (const toxic of wanted.toxics) entry.chain.put(toxic);
      if (wanted.enabled) await this.openOrForget(entry);
      this.add(entry);
      this.describe(edge);
      this.tellUnleased();
      return viewOf(entry);
    });
  }

  update(name: string, change: { readonly listen?: string; readonly upstream?: string; readonly enabled?: boolean }): Promise<ToxicProxy> {
    return this.change(name, async (entry) => {
      const { proxy, chain } = entry;
      const enabled = change.enabled ?? proxy.enabled;
      await this.write(entry, chain.toxics, enabled);
      if (!enabled) proxy.disable();
      if (change.listen !== undefined || change.upstream !== undefined) await proxy.move(change);
      if (enabled && !proxy.enabled) await proxy.open();
    });
  }

  async remove(name: string): Promise<void> {
    await this.change(name, async (entry) => {
      await this.write(entry, [], true);
      await entry.proxy.close();
      this.entries.delete(name);
      this.byKey.delete(edgeKeyText(entry.edge));
    });
  }

  async addToxic(proxy: string, toxic: Toxic): Promise<void> {
    await this.change(proxy, async (entry) => {
      await this.write(entry, [...entry.chain.toxics, toxic], entry.proxy.enabled);
      entry.chain.put(toxic);
    });
  }

  async updateToxic(proxy: string, name: string, change: { readonly attributes: Readonly<Record<string, number>>; readonly toxicity: number }): Promise<Toxic> {
    let updated: Toxic | null = null;
    await this.change(proxy, async (entry) => {
      const former = entry.chain.find(name);
      if (former === undefined) throw new Error(`the proxy ${proxy} has no toxic ${name}`);
      const toxic = { ...former, attributes: { ...change.attributes }, toxicity: change.toxicity };
      await this.write(entry, entry.chain.toxics.map((known) => (known.name === name ? toxic : known)), entry.proxy.enabled);
      entry.chain.put(toxic);
      updated = toxic;
    });
    return updated!;
  }

  async removeToxic(proxy: string, name: string): Promise<void> {
    await this.change(proxy, async (entry) => {
      await entry.chain.remove(name);
      await this.write(entry, entry.chain.toxics, entry.proxy.enabled);
    });
  }

  async reset(): Promise<void> {
    const all = [...this.entries.values()].filter(({ proxy, chain }) => !proxy.enabled || chain.toxics.length > 0);
    const ended = await Promise.allSettled(all.map(({ name }) => this.turns.run(name, () => this.free(name))));
    this.tellUnleased();
    const failed = ended.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private async free(name: string): Promise<void> {
    const entry = this.entries.get(name);
    if (entry === undefined) return;
    await entry.chain.clear();
    await entry.proxy.open();
    await this.write(entry, [], true);
  }

  private change(name: string, act: (entry: Entry) => Promise<void>): Promise<ToxicProxy> {
    return this.turns.run(name, async () => {
      const entry = this.entries.get(name);
      if (entry === undefined) throw new Error(`there is no proxy named ${name}`);
      try {
        await act(entry);
      } finally {
        this.tellUnleased();
      }
      return viewOf(entry);
    });
  }

  private async openOrForget(entry: Entry): Promise<void> {
    try {
      await entry.proxy.open();
    } catch (error) {
      await this.write(entry, [], true);
      throw error;
    }
  }

  private write({ name, chain }: Entry, toxics: readonly Toxic[], enabled: boolean): Promise<void> {
    return this.parts.ledger.putUnleased(name, chain.unleased(toxics, enabled));
  }

  private entry({ name, edge, listen, upstream, fixed }: { name: string; edge: EdgeKey; listen: string; upstream: string; fixed: boolean }): Entry {
    const index = this.edges.findIndex((known) => edgeKeyText(known) === edgeKeyText(edge));
    const meter = this.meters[index] ?? new EdgeMeter();
    const proxy = new EdgeProxy({ edge, listen, upstream, meter, log: this.parts.log });
    return { name, edge, fixed, proxy, chain: new ToxicChain(name, proxy, this.parts) };
  }

  private add(entry: Entry): void {
    this.entries.set(entry.name, entry);
    this.byKey.set(edgeKeyText(entry.edge), entry.proxy);
    if (this.edges.some((known) => edgeKeyText(known) === edgeKeyText(entry.edge))) return;
    this.edges.push(entry.edge);
    this.meters.push(entry.proxy.meter);
  }

  private describe({ source, target }: EdgeKey): void {
    const region = this.parts.system.regions[0]!.name;
    const wanted: TopologyNode[] = [
      { name: source, kind: 'client', region },
      { name: target, kind: 'external', region },
    ];
    for (const node of wanted) if (!this.nodes.some(({ name }) => name === node.name)) this.nodes.push(node);
    this.tellDescribed();
  }
}

function viewOf({ name, edge, fixed, proxy, chain }: Entry): ToxicProxy {
  return { name, edge, fixed, listen: proxy.listen, upstream: proxy.upstream, enabled: proxy.enabled, toxics: chain.toxics, bytes: proxy.bytes };
}

function listenProblem(proxy: EdgeProxy, error: NodeJS.ErrnoException): string {
  const where = `The agent cannot listen on ${proxy.listen} for the edge ${edgeLabel(proxy.edge)}`;
  if (error.code === 'EADDRINUSE') return `${where}: another process has the port. Stop that process, or give the edge another port in the system file.`;
  if (error.code === 'EACCES') return `${where}: the port needs more rights. Choose a port above 1023 in the system file.`;
  return `${where}: ${error.message}. Correct the address in the system file.`;
}
