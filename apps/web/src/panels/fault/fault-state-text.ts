import { LEASE_RENEW_EVERY_MS, LEASE_TTL_MS } from '#contracts';
import type { EndReason, FaultState, FaultView } from '#contracts';
import { formatMs } from '../format/number.js';

export const STATE_TEXT: Readonly<Record<FaultState, string>> = {
  planned: 'Planned',
  applying: 'Applying',
  active: 'Active',
  reverting: 'Reverting',
  reverted: 'Reverted',
  'revert-failed': 'Revert failed',
};

export const END_TEXT: Readonly<Record<EndReason, string>> = {
  stopped: 'stopped by hand',
  'duration-over': 'its duration was over',
  halted: 'everything was halted',
  'lease-expired': 'its lease was not renewed, so the agent let go by itself',
  'agent-restarted': 'the agent restarted and undid it from its ledger',
  'agent-stopped': 'the agent stopped and undid it first',
  refused: 'it was never applied',
  'unknown-to-server': 'the server did not know it, so the agent let go',
  'target-gone': 'its target is gone, and the fault with it',
  done: 'it was over as soon as it was applied',
};

/** Who holds the fault and what makes it let go. */
export function leaseText(fault: FaultView, agentAway: boolean): string {
  if (agentAway && fault.state === 'active') return `The agent ${fault.agent} does not answer. Without renewal it lets go by itself within ${formatMs(LEASE_TTL_MS)}.`;
  switch (fault.state) {
    case 'planned':
    case 'applying':
      return `Waiting for the agent ${fault.agent} to confirm.`;
    case 'active':
      return `Held by a lease, renewed every ${formatMs(LEASE_RENEW_EVERY_MS)}. Without renewal the agent lets go within ${formatMs(LEASE_TTL_MS)}.`;
    case 'reverting':
      return `Waiting for the agent ${fault.agent} to confirm that the target is clean.`;
    case 'reverted':
      return 'The agent confirmed that the target is clean.';
    case 'revert-failed':
      return `The target may still be faulted: ${fault.problem ?? 'the agent could not undo it'}. New faults here are blocked. Restart the agent ${fault.agent}; it undoes what its ledger holds.`;
    default:
      return fault.state satisfies never;
  }
}
