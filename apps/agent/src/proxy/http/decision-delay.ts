import type { Decision } from './decision.js';
import type { MessageFlow } from './message-flow.js';

interface Waiting {
  readonly decision: Decision;
  readonly fromMs: number;
  readonly act: (decision: Decision) => void;
}

/** Carries decisions about the messages of one direction out, each after its delay. A fault that ends before its part was done has no part. */
export class DecisionDelay {
  private waiting: Waiting | null = null;

  constructor(private readonly flow: MessageFlow) {}

  get active(): boolean {
    return this.waiting !== null;
  }

  /** `fromMs` is the arrival of the bytes, so messages that came together are late together and not one after the other. */
  carryOut(decision: Decision, fromMs: number, act: (decision: Decision) => void): void {
    const { delayMs } = decision;
    if (delayMs === 0) return act(decision);
    this.waiting = { decision, fromMs, act };
    this.flow.suspend(fromMs + delayMs, () => this.end());
  }

  lifted(faultId: string): void {
    if (this.waiting === null || !this.waiting.decision.involves(faultId)) return;
    const { fromMs, act } = this.waiting;
    const decision = this.waiting.decision.without(faultId);
    this.waiting = { decision, fromMs, act };
    this.flow.suspendUntil(fromMs + decision.delayMs);
  }

  private end(): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.act(waiting.decision);
  }
}
