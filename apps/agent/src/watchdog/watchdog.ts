import type { Undo } from '../faults/undo.js';

/**
 * A detached process that undoes what outlives this agent: when the agent's pipe closes, and when a lease that it was told of runs out although
 * the agent still lives (stopped, stuck). It is started with the first fault that needs it.
 */
export interface Watchdog {
  readonly state: 'not-needed' | 'running' | 'lost';
  /** Resolves when the watchdog has confirmed that it holds the undo; rejects when that cannot be had, and nothing may then be applied. */
  hold(undo: Undo, leaseLeftMs: number): Promise<void>;
  renew(faultId: string, leaseLeftMs: number): void;
  release(faultId: string): void;
  /** It ended although something is held: the agent starts another or lets everything go. */
  onLost(act: () => void): void;
  stop(): Promise<void>;
}
