import type { ExchangeVerdict } from '#faults';
import type { LinkRule } from './relay.js';

/** What all rules together do to one exchange on a tcp edge: delays add, and a hang wins. */
export class ExchangeFaults {
  private readonly delaysMs = new Map<string, number>();
  private readonly closeAfterMs = new Map<string, number | null>();

  constructor(
    private readonly startedMs: number,
    rules: readonly LinkRule[],
  ) {
    for (const { faultId, rule } of rules) this.note(faultId, rule.onExchange?.() ?? { type: 'pass' });
  }

  get act(): boolean {
    return this.delays || this.hang;
  }
  get delays(): boolean {
    return this.delaysMs.size > 0;
  }
  get hang(): boolean {
    return this.closeAfterMs.size > 0;
  }

  /** The end of all delays, on the clock of `startedMs`. */
  get dueMs(): number {
    return [...this.delaysMs.values()].reduce((sum, ms) => sum + ms, this.startedMs);
  }
  /** When the first hang closes the connection; Infinity: none does before its fault ends. */
  get closesAtMs(): number {
    return [...this.closeAfterMs.values()].reduce<number>((first, ms) => Math.min(first, ms === null ? Infinity : this.startedMs + ms), Infinity);
  }

  hungBy(faultId: string): boolean {
    return this.closeAfterMs.has(faultId);
  }

  /** True when its delay was a part of the wait. */
  lifted(faultId: string): boolean {
    return this.delaysMs.delete(faultId);
  }

  private note(faultId: string, verdict: ExchangeVerdict): void {
    if (verdict.type === 'delay') this.delaysMs.set(faultId, verdict.delayMs);
    if (verdict.type === 'hang') this.closeAfterMs.set(faultId, verdict.closeAfterMs);
  }
}
