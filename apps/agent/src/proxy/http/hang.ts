import { Gate } from '../gate.js';
import type { Link } from '../link.js';

/** The silence of a connection on which an exchange is never answered. It ends by its time, or with the fault that made it. */
export class Hang {
  private readonly faultIds = new Set<string>();
  private readonly gate = new Gate();
  private closeAtMs = Infinity;

  constructor(private readonly link: Pick<Link, 'close' | 'reset'>) {}

  get active(): boolean {
    return this.faultIds.size > 0;
  }

  /** `closeAtMs` is on the monotonic clock; null waits for the end of the fault. */
  begin(faultId: string, closeAtMs: number | null): void {
    this.faultIds.add(faultId);
    if (closeAtMs === null || closeAtMs >= this.closeAtMs) return;
    this.closeAtMs = closeAtMs;
    this.gate.drop();
    this.gate.hold(closeAtMs, () => this.link.close('fault'));
  }

  /** An answer was lost, and those behind it with it: only a reset is honest. */
  lifted(faultId: string): void {
    if (this.faultIds.has(faultId)) this.link.reset('fault');
  }

  drop(): void {
    this.gate.drop();
  }
}
