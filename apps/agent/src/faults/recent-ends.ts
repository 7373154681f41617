import type { AgentMessage } from '#contracts';

export type RevertedMessage = Extract<AgentMessage, { type: 'reverted' }>;

// Twice what may be held at once; a bound so that a server that never answers costs no memory.
const MAX_ENDS = 20_000;

interface End {
  readonly message: RevertedMessage;
  /** `sent` on the open connection, before the flow report numbered `beforeSeq`. */
  delivery: { readonly state: 'untold' } | { readonly state: 'sent'; readonly beforeSeq: number } | { readonly state: 'heard' };
}

/**
 * Faults that ended here, oldest first: known so that a late order or a second revert is recognised, and told again after every reconnect until
 * the server has surely heard. There is no acknowledgement of its own for that: the server takes messages in order, so the acknowledgement of
 * a flow report that left later proves it.
 */
export class RecentEnds {
  private readonly ends = new Map<string, End>();

  add(message: RevertedMessage): void {
    this.ends.set(message.faultId, { message, delivery: { state: 'untold' } });
    for (const faultId of this.ends.keys()) {
      if (this.ends.size <= MAX_ENDS) return;
      this.ends.delete(faultId);
    }
  }

  get(faultId: string): RevertedMessage | undefined {
    return this.ends.get(faultId)?.message;
  }

  untold(): RevertedMessage[] {
    return [...this.ends.values()].filter((end) => end.delivery.state === 'untold').map((end) => end.message);
  }

  /** The end of this fault left for the server; the next flow report to be made has the number `nextSeq`. */
  sent(faultId: string, nextSeq: number): void {
    const end = this.ends.get(faultId);
    if (end?.delivery.state === 'untold') end.delivery = { state: 'sent', beforeSeq: nextSeq };
  }

  /** What left on the lost connection and was not proven heard has to be told again. */
  connectionLost(): void {
    for (const end of this.ends.values()) if (end.delivery.state === 'sent') end.delivery = { state: 'untold' };
  }

  /** Reports up to `seq` are acknowledged. Gives the faults whose end the server is now known to have heard. */
  acknowledged(seq: number): string[] {
    const heard: string[] = [];
    for (const [faultId, end] of this.ends) {
      if (end.delivery.state !== 'sent' || end.delivery.beforeSeq > seq) continue;
      end.delivery = { state: 'heard' };
      heard.push(faultId);
    }
    return heard;
  }
}
