import type { AgentMessage, EndReason } from '#contracts';
import type { Clock } from '../clock.js';
import { RecentEnds } from './recent-ends.js';

interface EndReportsParts {
  readonly clock: Clock;
  /** Tells the server, if it is there; false when it is not. */
  readonly tell: (message: AgentMessage) => boolean;
  /** Number of the flow report that will be made next. */
  readonly nextReportSeq: () => number;
}

/** Sees to it that the server hears of every fault that ended here. */
export class EndReports {
  private readonly ends = new RecentEnds();

  constructor(private readonly parts: EndReportsParts) {}

  has(faultId: string): boolean {
    return this.ends.get(faultId) !== undefined;
  }

  /** The target is clean from now on. */
  report(faultId: string, reason: EndReason): void {
    this.ends.add({ type: 'reverted', faultId, atMs: this.parts.clock.wallMs(), reason });
    this.tellEnd(faultId);
  }

  /** Somebody wants a fault to end that is not held: it has ended, or never began. */
  repeat(faultId: string, reason: EndReason): void {
    if (!this.has(faultId)) this.ends.add({ type: 'reverted', faultId, atMs: this.parts.clock.wallMs(), reason });
    const message = this.ends.get(faultId);
    if (message !== undefined) this.parts.tell(message);
  }

  /** The server has welcomed this agent: tells it every end it may have missed. */
  connected(): void {
    for (const { faultId } of this.ends.untold()) this.tellEnd(faultId);
  }

  disconnected(): void {
    this.ends.connectionLost();
  }

  /** Reports up to `seq` are committed, so the ends told before them were heard. Gives the faults. */
  acknowledged(seq: number): string[] {
    return this.ends.acknowledged(seq);
  }

  private tellEnd(faultId: string): void {
    const message = this.ends.get(faultId);
    if (message !== undefined && this.parts.tell(message)) this.ends.sent(faultId, this.parts.nextReportSeq());
  }
}
