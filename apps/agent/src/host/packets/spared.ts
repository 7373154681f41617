import type { AgentPolicy } from '#contracts';
import { addressesOf } from '../control-traffic.js';
import type { ControlTraffic } from '../control-traffic.js';
import type { Spared } from './scope.js';

export async function sparedBy(control: ControlTraffic, policy: AgentPolicy['network']): Promise<Spared> {
  const addresses = await addressesOf(control);
  if (addresses.length === 0) throw new Error(unresolved(control));
  return { control: { addresses, port: control.port }, protectedPorts: policy.protectedPorts };
}

/** Why the connection to the server could not be left out; null when it can. */
export async function whyUnspared(control: ControlTraffic): Promise<string | null> {
  return (await addressesOf(control)).length === 0 ? unresolved(control) : null;
}

function unresolved({ host }: ControlTraffic): string {
  return `the server's name ${host} cannot be resolved now, so the connection to it could not be left out`;
}
