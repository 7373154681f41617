// An agent that restarts may still have reports of its last boot under way; more boots than this at once are not one agent.
const REMEMBERED_BOOTS = 8;

/** What one agent carries, and how far its reports have been folded. */
export class AgentFeed {
  connected = false;
  /** By proxy index: the edge it carries. Two proxies may carry one edge. */
  edgeIds: readonly number[] = [];
  /** By proxy index: the open connections last reported. */
  connections: number[] = [];
  readonly #lastSeqOf = new Map<string, number>();

  /** True the first time a report is met. Reports of a boot come in order, so one at or below the last is a resend. */
  isNew(bootId: string, seq: number): boolean {
    const last = this.#lastSeqOf.get(bootId);
    if (last !== undefined && seq <= last) return false;
    this.#lastSeqOf.set(bootId, seq);
    return true;
  }

  /** True when the boot was not known: what the last one held open is closed. */
  beginBoot(bootId: string): boolean {
    if (this.#lastSeqOf.has(bootId)) return false;
    const [oldest] = this.#lastSeqOf.keys();
    if (oldest !== undefined && this.#lastSeqOf.size >= REMEMBERED_BOOTS) this.#lastSeqOf.delete(oldest);
    return true;
  }
}
