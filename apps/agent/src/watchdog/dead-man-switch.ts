import type { Clock } from '../clock.js';
import type { Undo } from '../faults/undo.js';
import type { Log } from '../log.js';
import type { WatchdogOrder } from './watchdog-message.js';

export interface DeadManSwitchParts {
  readonly clock: Clock;
  readonly undo: (undo: Undo) => Promise<void>;
  readonly log: Log;
  /** Called once the agent is gone and nothing is left to undo. */
  readonly onDone: () => void;
}

interface Held {
  readonly undo: Undo;
  cancelTimer: () => void;
  /** While it is being undone; a release then changes nothing any more. */
  undoing: boolean;
}

// The agent lets go by itself when a lease runs out; this is for an agent that cannot, and must not race with one that can.
const GRACE_MS = 250;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
// A command that the agent started in its last moment is found by its mark and ended; this second look is for one that was not there yet.
const SECOND_LOOK_AFTER_MS = 1_000;

/** What the watchdog does, apart from its process: it undoes what is held when a lease runs out and when the agent is gone. */
export class DeadManSwitch {
  private readonly held = new Map<string, Held>();
  private agentGone = false;

  constructor(private readonly parts: DeadManSwitchParts) {}

  take(order: WatchdogOrder): void {
    switch (order.type) {
      case 'hold':
        return this.hold(order.undo, order.leaseLeftMs);
      case 'renew':
        return this.renew(order.faultId, order.leaseLeftMs);
      case 'release':
        return this.release(order.faultId);
    }
  }

  /** The agent's pipe has closed. */
  agentEnded(): void {
    if (this.agentGone) return;
    this.agentGone = true;
    if (this.held.size > 0) this.parts.log.warn({ faults: this.held.size }, 'The agent is gone: undoing what it held.');
    for (const held of this.held.values()) this.undoNow(held);
    this.endWhenEmpty();
  }

  private hold(undo: Undo, leaseLeftMs: number): void {
    this.release(undo.faultId);
    const held: Held = { undo, cancelTimer: () => undefined, undoing: false };
    this.held.set(undo.faultId, held);
    this.arm(held, leaseLeftMs);
  }

  private renew(faultId: string, leaseLeftMs: number): void {
    const held = this.held.get(faultId);
    if (held !== undefined && !held.undoing) this.arm(held, leaseLeftMs);
  }

  private release(faultId: string): void {
    this.held.get(faultId)?.cancelTimer();
    this.held.delete(faultId);
    this.endWhenEmpty();
  }

  private arm(held: Held, leaseLeftMs: number): void {
    held.cancelTimer();
    held.cancelTimer = this.parts.clock.after(leaseLeftMs + GRACE_MS, () => {
      this.parts.log.warn({ faultId: held.undo.faultId }, 'A lease ran out and the agent did not let go: undoing the fault.');
      this.undoNow(held);
    });
  }

  private undoNow(held: Held): void {
    if (held.undoing) return;
    held.undoing = true;
    held.cancelTimer();
    this.undoFully(held).catch((error: unknown) => this.parts.log.error({ err: error }, 'The watchdog failed.'));
  }

  private async undoFully(held: Held): Promise<void> {
    await this.untilUndone(held);
    if (needsSecondLook(held.undo)) {
      await this.pause(SECOND_LOOK_AFTER_MS);
      await this.untilUndone(held);
    }
    if (this.isHeld(held)) this.held.delete(held.undo.faultId);
    this.endWhenEmpty();
  }

  /** Also ends when it is released meanwhile: the agent lives and has undone it. */
  private async untilUndone(held: Held): Promise<void> {
    const { faultId } = held.undo;
    for (let retryMs = FIRST_RETRY_MS; this.isHeld(held); retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS)) {
      try {
        await this.parts.undo(held.undo);
        return this.parts.log.info({ faultId }, 'undone');
      } catch (error) {
        this.parts.log.error({ err: error, faultId, retryMs }, 'A fault could not be undone. Trying again.');
      }
      await this.pause(retryMs);
    }
  }

  private isHeld(held: Held): boolean {
    return this.held.get(held.undo.faultId) === held;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.parts.clock.after(ms, resolve));
  }

  private endWhenEmpty(): void {
    if (this.agentGone && this.held.size === 0) this.parts.onDone();
  }
}

/** A signal has been given or not. What other processes carry out may still be on its way; what they make names its fault, so that looking twice hits no other. */
function needsSecondLook({ driver }: Undo): boolean {
  return driver === 'nft' || driver === 'tc' || driver === 'stress';
}
