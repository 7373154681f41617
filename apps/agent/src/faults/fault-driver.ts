import type { Capability, FaultKind, FaultOrder, Proof } from '#contracts';
import type { Undo } from './undo.js';

/**
 * Carries out faults on one type of target. Everything it does between `plan` and the end of `revert` can be undone from the `Undo` alone, by
 * another process: that is what the ledger and the watchdog hold.
 *
 *     refusal -> plan -> (undo on disk, watchdog told) -> apply -> prove ... revert -> clean?
 */
export interface FaultDriver {
  readonly kinds: readonly FaultKind[];
  /** What of its kinds this kernel, this user and the installed programs allow. Asked at start; touches nothing. */
  capabilities(): Promise<readonly Capability[]>;
  /** Why this order cannot be carried out here, in one line for the person who gave it; null when it can. Touches nothing. */
  refusal(order: FaultOrder): Promise<string | null> | string | null;
  /** Everything needed to undo the fault, made before anything is touched, with a snapshot of what will be. */
  plan(order: FaultOrder): Promise<Undo> | Undo;
  /** Idempotent. Rejects or throws when the fault does not act; it may then act in part, so a revert follows. */
  apply(order: FaultOrder, undo: Undo): Promise<void> | void;
  /** Measures what the fault does, through the faulted path. Never throws for a fault that does not bite. */
  prove(order: FaultOrder, undo: Undo): Promise<Proof>;
  /** Idempotent, also in a process that never applied it; a target that is gone counts as reverted. Rejects when the target may not be clean: it has compared with the snapshot. */
  revert(undo: Undo): Promise<void> | void;
  /** Reverts everything on this machine that carries our name, known or not, and says what it found: for when the ledger cannot be trusted. Rejects when something may be left. */
  sweep?(): Promise<readonly string[]>;
  /** True for what is over as soon as it was applied, such as a kill. */
  readonly instant?: ReadonlySet<FaultKind>;
}
