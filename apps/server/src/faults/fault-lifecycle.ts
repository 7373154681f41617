import type { EndReason, FaultState, Proof } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';

/** What can happen to a fault after it was planned. */
export type FaultChange =
  /** The order went to the agent. */
  | { readonly type: 'ordered' }
  | { readonly type: 'applied' }
  | { readonly type: 'refused'; readonly problem: string }
  /** The server wants it to end and tells the agent so. */
  | { readonly type: 'revert-ordered'; readonly reason: EndReason; readonly problem?: string }
  /** The agent confirmed that the target is clean. */
  | { readonly type: 'reverted'; readonly reason: EndReason }
  | { readonly type: 'revert-failed'; readonly problem: string }
  /** The agent probed whether it acts as asked. */
  | { readonly type: 'proven'; readonly proof: Proof }
  /** The agent has been away for longer than the lease: it must have let go, and has not said so yet. */
  | { readonly type: 'lease-lapsed' };

const LAPSED_PROBLEM = 'The agent is away. Its lease is over, which ends the fault; the agent will confirm it when it is back.';

type Step = (fault: FaultRow, change: FaultChange, at: Date) => Partial<FaultRow> | null;

/**
 *     planned -> applying -> active -> reverting -> reverted
 *         \__________\__________\_________/ |  ^
 *                                           v  |
 *                                      revert-failed
 */
const STEPS: Readonly<Record<FaultState, Step>> = {
  planned: (_, change, at) => (change.type === 'ordered' ? { state: 'applying' } : end(change, at)),
  applying: (fault, change, at) => (change.type === 'applied' ? apply(fault, at) : end(change, at)),
  active: (_, change, at) => end(change, at),
  reverting: (_, change, at) => (change.type === 'revert-ordered' ? null : end(change, at)),
  'revert-failed': (_, change, at) => end(change, at),
  reverted: (fault, change, at) => confirm(fault, change, at),
};

/** The fault after the change; null when the change means nothing in its state, such as a second revert. Total over states and changes. */
export function stepFault(fault: FaultRow, change: FaultChange, at: Date): FaultRow | null {
  const changed = STEPS[fault.state](fault, change, at);
  return changed === null ? null : { ...fault, ...changed, lastSeq: fault.lastSeq + 1 };
}

function apply(fault: FaultRow, at: Date): Partial<FaultRow> {
  return { state: 'active', appliedAt: at, endsAt: new Date(at.getTime() + fault.durationMs) };
}

function end(change: FaultChange, at: Date): Partial<FaultRow> | null {
  switch (change.type) {
    case 'ordered':
    case 'applied':
      return null;
    case 'refused':
      return { state: 'reverted', endedAt: at, revertedAt: at, endReason: 'refused', problem: change.problem };
    case 'revert-ordered':
      return { state: 'reverting', endReason: change.reason, problem: change.problem ?? null };
    case 'reverted':
      return { state: 'reverted', endedAt: at, revertedAt: at, endReason: change.reason };
    case 'revert-failed':
      return { state: 'revert-failed', problem: change.problem };
    case 'proven':
      return { proof: change.proof };
    case 'lease-lapsed':
      return { state: 'reverted', endedAt: at, endReason: 'lease-expired', problem: LAPSED_PROBLEM };
    default:
      return change satisfies never;
  }
}

// An agent that comes back either confirms that it let go, or still holds the fault against all promises: then it is live again, and loud.
function confirm(fault: FaultRow, change: FaultChange, at: Date): Partial<FaultRow> | null {
  if (fault.revertedAt !== null) return null;
  if (change.type === 'reverted') return { revertedAt: at, endReason: change.reason, problem: null };
  if (change.type === 'revert-failed') return { state: 'revert-failed', endedAt: null, problem: change.problem };
  return null;
}
