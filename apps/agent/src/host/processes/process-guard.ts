import { networkInterfaces } from 'node:os';
import type { AgentPolicy } from '#contracts';
import { addressesOf } from '../control-traffic.js';
import type { ControlTraffic } from '../control-traffic.js';
import { describeProcess } from './find-process.js';
import { ancestorsOf } from './kinship.js';
import { listeningInodes } from './listening-sockets.js';
import { readProcessTable, socketHolders } from './process-table.js';
import type { ProcessEntry } from './process-table.js';
import { programNames } from './program-names.js';

export interface ProcessGuardParts {
  readonly policy: AgentPolicy['processes'];
  readonly control: ControlTraffic;
  /** What must never be touched besides the agent's own family, such as a server on the same host. */
  readonly protectedPids: () => readonly number[];
}

/** Why no fault may touch the process, in words for the person who asked; null when one may. */
export async function whyUntouchable(target: ProcessEntry, { policy, control, protectedPids }: ProcessGuardParts): Promise<string | null> {
  const name = describeProcess(target);
  if (target.pid === 1 || target.kernelThread || target.pid === 2) return `${name} belongs to the system`;
  const table = await readProcessTable();
  if (ancestorsOf(process.pid, table).has(target.pid)) return `${name} is the agent or what started it`;
  if (ancestorsOf(target.pid, table).has(process.pid)) return `${name} is one of the agent's own`;
  if (protectedPids().includes(target.pid) || (await localServer(control)).includes(target.pid)) return `${name} is part of Faultline`;
  if (!(await isAllowed(target, policy))) return `this host's policy names neither a program nor a listening port of ${name} (processes.names, processes.ports)`;
  return mayNotSignal(target.pid) ? `the agent's user may not signal ${name}` : null;
}

async function isAllowed(target: ProcessEntry, { names, ports }: AgentPolicy['processes']): Promise<boolean> {
  if (programNames(target).some((name) => names.includes(name))) return true;
  for (const port of ports) if ((await socketHolders(await listeningInodes(port))).includes(target.pid)) return true;
  return false;
}

/** The processes of the server that this agent talks to, when it is on the same host. */
async function localServer(control: ControlTraffic): Promise<readonly number[]> {
  const own = new Set(Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []));
  const here = (await addressesOf(control)).some((address) => own.has(address));
  return here ? socketHolders(await listeningInodes(control.port)) : [];
}

function mayNotSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
