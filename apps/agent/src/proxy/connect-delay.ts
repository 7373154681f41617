import { Gate } from './gate.js';

/** The wait before a new connection is dialled on: as long as all faults that delay it ask for together. */
export class ConnectDelay {
  private readonly gate = new Gate();

  constructor(
    private readonly acceptedMs: number,
    private readonly delaysMs: Map<string, number>,
    onOver: () => void,
  ) {
    this.gate.hold(this.dueMs, onOver);
  }

  private get dueMs(): number {
    return [...this.delaysMs.values()].reduce((sum, ms) => sum + ms, this.acceptedMs);
  }

  /** The wait is shorter by this fault's part. */
  lifted(faultId: string): void {
    if (!this.delaysMs.delete(faultId)) return;
    if (this.delaysMs.size > 0) this.gate.move(this.dueMs);
    else this.gate.open();
  }

  drop(): void {
    this.gate.drop();
  }
}
