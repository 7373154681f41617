import { targetTypeOf } from '#contracts';
import type { AgentPolicy, FaultKind } from '#contracts';
import type { HostPolicy } from './read-policy.js';

/** Why no fault of this kind is allowed on this host, whatever its target; null when some may be. */
export function kindRefusal(policy: HostPolicy, kind: FaultKind): string | null {
  const { file, rules } = policy;
  if (file === null && targetTypeOf(kind) !== 'edge') return `without a policy file (FAULTLINE_AGENT_POLICY) this agent takes faults on proxied edges only, not ${kind}`;
  if (rules.kinds !== undefined && !rules.kinds.includes(kind)) return says(policy, `does not list ${kind}`, 'kinds');
  const rule = missingConsent(rules, kind);
  return rule === null ? null : says(policy, `does not open this host to ${kind}`, rule);
}

/** `the policy /etc/faultline.json allows 5 active faults at most (maxActiveFaults)`. */
export function says({ file }: HostPolicy, what: string, rule: string): string {
  return file === null ? `the policy of an agent without a policy file ${what} (${rule})` : `the policy ${file} ${what} (${rule})`;
}

/** The rules that would have to allow something; null when one of them does. */
function missingConsent({ processes, stress, network }: AgentPolicy, kind: FaultKind): string | null {
  switch (targetTypeOf(kind)) {
    case 'edge':
      return null;
    case 'process':
      return processes.names.length + processes.ports.length > 0 ? null : 'processes.names, processes.ports';
    case 'host':
      if (kind === 'cpu-stress') return stress.maxCpuPercent > 0 ? null : 'stress.maxCpuPercent';
      if (kind === 'memory-stress') return stress.maxMemoryMebibytes > 0 ? null : 'stress.maxMemoryMebibytes';
      return network.allow ? null : 'network.allow';
  }
}
