import type { FaultOrder } from '#contracts';

/** Carries out faults on one kind of target. Later members: processes, resources, links. */
export interface FaultDriver {
  /** Why this order cannot be carried out here, in one line for the person who gave it; null when it can. */
  refusal(order: FaultOrder): string | null;
  /** Idempotent. Rejects or throws when the fault does not act; it may then act in part, so a revert follows. */
  apply(order: FaultOrder): void | Promise<void>;
  /** Idempotent; a target that is gone counts as reverted. Rejects or throws when the target may not be clean. */
  revert(faultId: string): void | Promise<void>;
}
