import { edgeKeyText } from '#contracts';
import type { AgentPolicy, AgentSystem, EdgeKey, Proxy } from '#contracts';
import type { DemoPlan, PlannedProcess } from './demo-plan.js';
import { CACHE, DATABASE_NAME, EDGES, NODES, REGIONS, SERVICES } from './shop-map.js';

const LOOPBACK = '127.0.0.1';
const LOAD_NAME = 'load';
const PROCESSES = [...SERVICES, CACHE];

/** Ports a plan needs: one for each service, the cache and the load generator, one more for the cache's own protocol, one for each edge. */
export const PLANNED_PORTS = PROCESSES.length + 2 + EDGES.length;

export interface BuiltPlan {
  readonly system: AgentSystem;
  /** What the shop's owner, which is the shop, allows on this host. */
  readonly policy: Pick<AgentPolicy, 'processes' | 'stress'>;
  /** Where each process says its metrics, as Prometheus' file discovery reads it. */
  readonly targets: readonly ScrapeTargets[];
  readonly demo: DemoPlan;
}

interface ScrapeTargets {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Gives every process and every edge an address. `ports` are `PLANNED_PORTS` different free ones, `database` is host:port. */
export function buildPlan(ports: readonly number[], database: string): BuiltPlan {
  const unused = ports.values();
  const next = (): number => unused.next().value ?? 0;
  const httpPorts = new Map(PROCESSES.map(({ name }) => [name, next()]));
  const loadPort = next();
  const cachePort = next();
  const upstreams = new Map([...httpPorts].map(([name, port]) => [name, `${LOOPBACK}:${port}`]));
  upstreams.set(CACHE.name, `${LOOPBACK}:${cachePort}`).set(DATABASE_NAME, database);
  const listens = new Map(EDGES.map((edge) => [edgeKeyText(edge), `${LOOPBACK}:${next()}`]));

  const processes = PROCESSES.map(
    ({ name, role, region }): PlannedProcess => ({
      name,
      role,
      region,
      httpPort: httpPorts.get(name) ?? 0,
      tcpPort: name === CACHE.name ? cachePort : null,
      dependencies: addressesOf(EDGES.filter((edge) => edge.source === name), (edge) => edge.target, listens),
    }),
  );
  const clientEdges = EDGES.filter((edge) => edge.source.startsWith('clients-'));
  const dependencies = addressesOf(clientEdges, (edge) => edge.source, listens);
  const load: PlannedProcess = { name: LOAD_NAME, role: 'load', region: CACHE.region, httpPort: loadPort, tcpPort: null, dependencies };
  return { system: systemOf(listens, upstreams), policy: policyOf(processes), targets: targetsOf([...processes, load]), demo: { version: 1, database, processes: [...processes, load] } };
}

// The shop's own processes may be stopped and killed: it starts them again. Stress stays small, it is somebody's laptop. Packets need rights that the demo does not ask for.
function policyOf(processes: readonly PlannedProcess[]): BuiltPlan['policy'] {
  const ports = processes.flatMap(({ httpPort, tcpPort }) => (tcpPort === null ? [httpPort] : [httpPort, tcpPort]));
  return { processes: { names: [], ports }, stress: { maxCpuPercent: 50, maxMemoryMebibytes: 512 } };
}

function targetsOf(processes: readonly PlannedProcess[]): ScrapeTargets[] {
  return processes.map(({ name, region, httpPort }) => ({ targets: [`${LOOPBACK}:${httpPort}`], labels: { instance: name, region } }));
}

function addressesOf(edges: readonly EdgeKey[], keyOf: (edge: EdgeKey) => string, listens: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(edges.map((edge) => [keyOf(edge), listens.get(edgeKeyText(edge)) ?? '']));
}

function systemOf(listens: ReadonlyMap<string, string>, upstreams: ReadonlyMap<string, string>): AgentSystem {
  const proxies = EDGES.map((edge): Proxy => ({ edge, listen: listens.get(edgeKeyText(edge)) ?? '', upstream: upstreams.get(edge.target) ?? '' }));
  return { regions: [...REGIONS], nodes: [...NODES], proxies };
}
