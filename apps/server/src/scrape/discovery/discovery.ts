import type { TargetGroup } from './target-group.js';

/** What goes wrong with a discovery, and since when. */
export interface DiscoveryProblem {
  readonly message: string;
  readonly sinceMs: number;
}

/** Finds targets, again and again. */
export interface Discovery {
  /** All that was found last; it stays when a later attempt fails. */
  readonly groups: readonly TargetGroup[];
  /** Whether there has been a result yet, were it a failure. */
  readonly tried: boolean;
  readonly problem: DiscoveryProblem | null;
  /** `changed` is called when the first attempt is over, and whenever `groups` are others than before. */
  start(changed: () => void): void;
  stop(): void;
}

/** One look for targets. What could not be learnt this time is `problem`; the groups then hold what was known of it. Rejects when nothing could be learnt. */
export interface TargetFinder {
  find(signal: AbortSignal): Promise<{ readonly groups: readonly TargetGroup[]; readonly problem: string | null }>;
  /** Calls `look` when something may have changed before it is time to look again. */
  watch?(look: () => void): void;
  close(): void;
}
