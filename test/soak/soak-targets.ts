import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import type { AgentSystem, CreateFault, EdgeKey, FaultKind } from '#contracts';

/** Something that a round breaks, and how anyone can see from outside whether it is whole. */
export interface SoakTarget {
  readonly kind: FaultKind;
  readonly create: CreateFault;
  clean(): Promise<boolean>;
}

export interface Places {
  readonly agent: string;
  /** Where callers dial each edge, by the name of its target. */
  readonly ports: Readonly<Record<keyof typeof EDGES, number>>;
  /** A process that nobody misses. */
  readonly sleeperPid: number;
  /** A port with a listener that only this campaign dials. */
  readonly packetPort: number;
}

export const EDGES = {
  slow: { source: 'soak', target: 'slow', protocol: 'http' },
  broken: { source: 'soak', target: 'broken', protocol: 'http' },
  gone: { source: 'soak', target: 'gone', protocol: 'tcp' },
  silent: { source: 'soak', target: 'silent', protocol: 'tcp' },
} as const satisfies Record<string, EdgeKey>;

// Longer than any round: it is never the duration that ends a fault here.
const DURATION_MS = 600_000;
const SLOW_MS = 600;
// An answer over loopback takes milliseconds, on a machine that is busy starting processes some more.
const ANSWER_WITHIN_MS = 400;

export function soakTargets({ agent, ports, sleeperPid, packetPort }: Places): readonly SoakTarget[] {
  const onEdge = (edge: EdgeKey, fault: CreateFault['fault'], clean: () => Promise<boolean>): SoakTarget => target({ type: 'edge', edge }, fault, clean);
  const onHost = (fault: CreateFault['fault'], clean: () => Promise<boolean>): SoakTarget => target({ type: 'host', agent }, fault, clean);
  const hits = { share: 1, announce: false, on: 'request' } as const;
  return [
    onEdge(EDGES.slow, { kind: 'latency', params: { latencyMs: SLOW_MS, jitterMs: 0, ...hits } }, () => answersOk(ports.slow)),
    onEdge(EDGES.broken, { kind: 'abort', params: { httpStatus: 503, contentType: 'text/plain', ...hits } }, () => answersOk(ports.broken)),
    onEdge(EDGES.gone, { kind: 'down', params: {} }, () => echoes(ports.gone)),
    onEdge(EDGES.silent, { kind: 'blackhole', params: { stream: 'both', share: 1 } }, () => echoes(ports.silent)),
    target({ type: 'process', agent, process: { by: 'pid', pid: sleeperPid } }, { kind: 'process-stop', params: {} }, () => Promise.resolve(stateOf(sleeperPid) !== 'T')),
    onHost({ kind: 'cpu-stress', params: { workers: 1, loadPercent: 5 } }, () => Promise.resolve(stressProcesses().length === 0)),
    onHost({ kind: 'network-partition', params: { peers: ['127.0.0.1'], ports: [packetPort], transport: 'tcp', direction: 'both' } }, () => echoes(packetPort)),
  ];
}

function target(where: CreateFault['target'], fault: CreateFault['fault'], clean: () => Promise<boolean>): SoakTarget {
  return { kind: fault.kind, create: { target: where, fault, durationMs: DURATION_MS, overlap: 'refuse' }, clean };
}

export function soakSystem(listen: Places['ports'], upstream: { readonly http: number; readonly tcp: number }): AgentSystem {
  const names = Object.keys(EDGES) as (keyof typeof EDGES)[];
  return {
    regions: [{ name: 'here', city: 'Here', latitudeDeg: 0, longitudeDeg: 0 }],
    nodes: [{ name: 'soak', kind: 'client', region: 'here' }, ...names.map((name) => ({ name, kind: 'service' as const, region: 'here' }))],
    proxies: names.map((name) => ({ edge: EDGES[name], listen: `127.0.0.1:${listen[name]}`, upstream: `127.0.0.1:${upstream[EDGES[name].protocol]}` })),
  };
}

async function answersOk(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return (await response.text()) === 'fine' && response.status === 200;
  } catch {
    // Refused, reset or too late: not clean yet.
    return false;
  }
}

function echoes(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (clean: boolean): void => {
      socket.destroy();
      resolve(clean);
    };
    socket.setTimeout(ANSWER_WITHIN_MS, () => done(false));
    socket.once('connect', () => socket.write('ping'));
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}

function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended between the look at the list and this one.
    return [];
  }
}

function stateOf(pid: number): string | undefined {
  return statOf(pid)[0];
}

export function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** Of this campaign alone: what its agents start is in its own process group. */
function stressProcesses(): number[] {
  const group = statOf(process.pid)[2];
  return processIds().filter((pid) => statOf(pid)[2] === group && textOf(`/proc/${pid}/environ`).includes('FAULTLINE_STRESS='));
}

export function processIds(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
}

export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended, or belongs to somebody else.
    return '';
  }
}
