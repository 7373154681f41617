import { edgeKeyText } from '#contracts';
import type { AgentSystem, EdgeKey, TopologyNode } from '#contracts';
import { EdgeMeter } from '../sensors/edge-meter.js';

// Callers of whom nothing is known but that they dial a proxy made at run time.
const UNKNOWN_CALLER = 'toxiproxy';
const MAX_NODE_NAME = 63;
const LONGEST_NUMBER = '-100000'.length;

/** Every edge that this agent has told of, with its meter, by its number in hello and reports. Numbers are never given twice, also when a proxy is gone. */
export class EdgeIndex {
  readonly edges: EdgeKey[] = [];
  readonly meters: EdgeMeter[] = [];
  readonly nodes: TopologyNode[];
  private readonly numbers = new Map<string, number>();
  private readonly runtimeEdges = new Map<string, EdgeKey>();

  constructor(private readonly system: AgentSystem) {
    this.nodes = [...system.nodes];
    for (const { edge } of system.proxies) this.add(edge);
  }

  meterOf(edge: EdgeKey): EdgeMeter {
    return this.meters[this.numbers.get(edgeKeyText(edge)) ?? -1] ?? this.add(edge);
  }

  /** The edge of a proxy made at run time: the same for the same name for as long as this process lives. Callers and target are told of as nodes of the first region. */
  runtimeEdge(proxy: string): EdgeKey {
    const known = this.runtimeEdges.get(proxy);
    if (known !== undefined) return known;
    const edge: EdgeKey = { source: UNKNOWN_CALLER, target: this.freeTarget(nodeName(proxy)), protocol: 'tcp' };
    this.runtimeEdges.set(proxy, edge);
    this.tellOf(edge.source, 'client');
    this.tellOf(edge.target, 'external');
    return edge;
  }

  private add(edge: EdgeKey): EdgeMeter {
    const meter = new EdgeMeter();
    this.numbers.set(edgeKeyText(edge), this.edges.length);
    this.edges.push(edge);
    this.meters.push(meter);
    return meter;
  }

  /** Names that differ only in what a node's name cannot have get a number behind them. */
  private freeTarget(name: string): string {
    const taken = new Set([...this.runtimeEdges.values(), ...this.edges].filter(({ source }) => source === UNKNOWN_CALLER).map(({ target }) => target));
    let target = name;
    for (let count = 2; taken.has(target); count += 1) target = `${name.slice(0, MAX_NODE_NAME - LONGEST_NUMBER)}-${count}`;
    return target;
  }

  private tellOf(name: string, kind: TopologyNode['kind']): void {
    if (!this.nodes.some((node) => node.name === name)) this.nodes.push({ name, kind, region: this.system.regions[0]!.name });
  }
}

function nodeName(proxy: string): string {
  const safe = proxy.replace(/[^A-Za-z0-9._:-]/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, MAX_NODE_NAME);
  return safe === '' ? 'unnamed' : safe;
}
