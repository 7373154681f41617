import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { Watchdog } from '../watchdog/watchdog.js';
import { dueMsOf } from './lease-book.js';
import type { HeldFault } from './lease-book.js';
import { endsWithAgent } from './undo.js';
import type { Undo } from './undo.js';

interface OutsideHoldParts {
  readonly watchdog: Watchdog;
  readonly clock: Clock;
  readonly log: Log;
}
interface HeldFaults {
  held(): readonly HeldFault[];
  /** Nothing would undo the fault any more if this process died, so it has to end. */
  letGo(faultId: string): void;
}

/** Keeps the watchdog told of every fault that would outlive this process, and of how long it may. */
export class OutsideHold {
  constructor(
    private readonly parts: OutsideHoldParts,
    private readonly faults: HeldFaults,
  ) {
    parts.watchdog.onLost(() => this.holdAgain());
  }

  /** Resolves when somebody else can undo it; rejects when nobody can, and nothing may then be applied. */
  async hold(held: HeldFault, undo: Undo): Promise<void> {
    if (!endsWithAgent(undo)) await this.parts.watchdog.hold(undo, this.leftMs(held));
  }

  renew(held: HeldFault | undefined): void {
    if (held !== undefined && outlives(held)) this.parts.watchdog.renew(held.faultId, this.leftMs(held));
  }

  release(held: HeldFault): void {
    if (outlives(held)) this.parts.watchdog.release(held.faultId);
  }

  /** The watchdog is gone: another one takes over, or the faults end. */
  private holdAgain(): void {
    for (const held of this.faults.held()) {
      const { faultId, undo } = held;
      if (undo === null || endsWithAgent(undo)) continue;
      this.parts.watchdog.hold(undo, this.leftMs(held)).catch((error: unknown) => {
        this.parts.log.error({ faultId, err: error }, 'The watchdog is gone and another could not be had: letting the fault go.');
        this.faults.letGo(faultId);
      });
    }
  }

  private leftMs(held: HeldFault): number {
    return Math.max(0, dueMsOf(held) - this.parts.clock.monotonicMs());
  }
}

function outlives({ undo }: HeldFault): boolean {
  return undo !== null && !endsWithAgent(undo);
}
