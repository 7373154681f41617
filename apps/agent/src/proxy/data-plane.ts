import { edgeKeyText, edgeLabel } from '#contracts';
import type { AgentSystem, EdgeKey } from '#contracts';
import type { Log } from '../log.js';
import { EdgeMeter } from '../sensors/edge-meter.js';
import { EdgeProxy } from './edge-proxy.js';

/** Every proxy of the system file. Index in `meters` = index of the edge in the agent's hello and reports. */
export class DataPlane {
  readonly meters: readonly EdgeMeter[];
  private readonly edges: readonly EdgeProxy[];
  private readonly byKey = new Map<string, EdgeProxy>();

  constructor(system: AgentSystem, log: Log) {
    this.meters = system.proxies.map(() => new EdgeMeter());
    this.edges = system.proxies.map((proxy, i) => new EdgeProxy({ proxy, meter: this.meters[i]!, log }));
    for (const edge of this.edges) this.byKey.set(edgeKeyText(edge.proxy.edge), edge);
  }

  /** Starts to listen on every edge; gives one line that says what to do when a port cannot be had, and then listens on none. */
  async listen(): Promise<string | null> {
    for (const edge of this.edges) {
      const problem = await edge.listen().then(() => null, (error: NodeJS.ErrnoException) => listenProblem(edge, error));
      if (problem !== null) {
        await this.close();
        return problem;
      }
    }
    return null;
  }

  find(edge: EdgeKey): EdgeProxy | undefined {
    return this.byKey.get(edgeKeyText(edge));
  }

  /** Stops to listen and closes every connection. */
  async close(): Promise<void> {
    await Promise.all(this.edges.map((edge) => edge.close()));
  }
}

function listenProblem({ proxy }: EdgeProxy, error: NodeJS.ErrnoException): string {
  const where = `The agent cannot listen on ${proxy.listen} for the edge ${edgeLabel(proxy.edge)}`;
  if (error.code === 'EADDRINUSE') return `${where}: another process has the port. Stop that process, or give the edge another port in the system file.`;
  if (error.code === 'EACCES') return `${where}: the port needs more rights. Choose a port above 1023 in the system file.`;
  return `${where}: ${error.message}. Correct the address in the system file.`;
}
