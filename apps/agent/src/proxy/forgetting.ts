import { performance } from 'node:perf_hooks';
import { Gate } from './gate.js';

/** The moment from which the target knows nothing of a connection any more, by whichever fault makes it forget first. */
export class Forgetting {
  private readonly gates = new Map<string, Gate>();
  private by: string | null = null;

  constructor(private readonly onForgotten: () => void) {}

  get over(): boolean {
    return this.by !== null;
  }

  watch(faultId: string, afterMs: number): void {
    const gate = new Gate();
    this.gates.set(faultId, gate);
    gate.hold(performance.now() + afterMs, () => this.forget(faultId));
  }

  /** True when this fault made the connection forgotten, so that it can never go on. */
  lifted(faultId: string): boolean {
    this.gates.get(faultId)?.drop();
    this.gates.delete(faultId);
    return this.by === faultId;
  }

  drop(): void {
    for (const gate of this.gates.values()) gate.drop();
    this.gates.clear();
  }

  private forget(faultId: string): void {
    if (this.by !== null) return;
    this.by = faultId;
    this.onForgotten();
  }
}
