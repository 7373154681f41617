import type { AgentPolicy } from '#contracts';
import type { FaultDriver } from '../faults/fault-driver.js';
import type { Log } from '../log.js';
import { runCommand } from './commands.js';
import type { RunCommand } from './commands.js';
import type { ControlTraffic } from './control-traffic.js';
import { NftDriver } from './packets/nft-driver.js';
import { TcDriver } from './packets/tc-driver.js';
import { ProcessDriver } from './processes/process-driver.js';
import { StressDriver } from './stress/stress-driver.js';

export interface HostDriverOptions {
  readonly policy: AgentPolicy;
  readonly control: ControlTraffic;
  /** Processes that are part of Faultline besides the agent's own family and the server, which are found without help. */
  readonly protectedPids?: () => readonly number[];
  readonly log: Log;
  readonly run?: RunCommand;
}

/** Every driver for processes and the host as a whole. */
export function hostDrivers({ policy, control, protectedPids = () => [], log, run = runCommand }: HostDriverOptions): readonly FaultDriver[] {
  const packets = { policy: policy.network, control, run, log };
  return [new ProcessDriver({ policy: policy.processes, control, protectedPids }), new StressDriver(policy.stress, log), new NftDriver(packets), new TcDriver(packets)];
}
