import { AGENT_PROTOCOL, edgeKeyText, edgeLabel, type AgentMessage, type FlowReport, type Topology } from '#contracts';

export type Hello = Extract<AgentMessage, { type: 'hello' }>;
export type Described = Extract<AgentMessage, { type: 'described' }>;

/** Says which side to update. */
export function protocolProblem(protocol: number): string {
  const older = protocol < AGENT_PROTOCOL ? 'agent' : 'server';
  return `The agent speaks protocol ${protocol} and this server ${AGENT_PROTOCOL}: update the ${older}.`;
}

/** What is wrong with a graph that an agent describes after the one that was known; null when nothing is. Reports name edges by place, so places stay. */
export function describedProblem(described: Topology, known: Topology): string | null {
  const moved = known.edges.findIndex((edge, i) => described.edges[i] === undefined || edgeKeyText(described.edges[i]) !== edgeKeyText(edge));
  const edge = known.edges[moved];
  if (edge !== undefined) return `The edge ${edgeLabel(edge)} had the place ${moved} and lost it: further edges come after those that were listed.`;
  return topologyProblem(described);
}

/** What is wrong with the graph of a hello beyond its shape, as one sentence with what to do; null when nothing is. */
export function topologyProblem({ regions, nodes, edges }: Topology): string | null {
  const regionNames = new Set(regions.map((region) => region.name));
  const nodeNames = new Set(nodes.map((node) => node.name));
  const homeless = nodes.find((node) => !regionNames.has(node.region));
  if (homeless !== undefined) return `The node "${homeless.name}" is in the region "${homeless.region}", which is not listed: add it to the agent's system file.`;
  const loose = edges.find((edge) => !nodeNames.has(edge.source) || !nodeNames.has(edge.target));
  if (loose !== undefined) return `The edge ${edgeLabel(loose)} has an end that is not listed as a node: add it to the agent's system file.`;
  // Two proxies of one edge would each report its seconds, and the second report would be taken for the first one resent.
  const twice = firstRepeated(edges, edgeKeyText);
  return twice === null ? null : `The edge ${edgeLabel(twice)} is listed twice: give one proxy to each edge in the agent's system file.`;
}

/** What is wrong with a report of an agent that has told of `edgeCount` edges; null when nothing is. */
export function reportProblem(report: FlowReport, edgeCount: number): string | null {
  const unknown = report.edges.find((second) => second.edge >= edgeCount);
  if (unknown !== undefined) return `The report ${report.seq} names the edge ${unknown.edge}, and hello listed ${edgeCount}.`;
  const twice = firstRepeated(report.edges, (second) => second.edge);
  return twice === null ? null : `The report ${report.seq} names the edge ${twice.edge} twice.`;
}

function firstRepeated<T>(items: readonly T[], keyOf: (item: T) => string | number): T | null {
  const seen = new Set<string | number>();
  for (const item of items) {
    if (seen.has(keyOf(item))) return item;
    seen.add(keyOf(item));
  }
  return null;
}
