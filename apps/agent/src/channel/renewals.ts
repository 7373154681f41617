import { LEASE_RENEW_EVERY_MS } from '#contracts';
import type { AgentMessage, ServerMessage } from '#contracts';
import type { Clock } from '../clock.js';
import type { Renewal } from '../faults/lease-book.js';

interface RenewalsParts {
  readonly clock: Clock;
  readonly send: (message: AgentMessage) => boolean;
  /** The faults to ask for. */
  readonly renewable: () => string[];
  readonly onRenewed: (renewal: Renewal) => void;
  /** As often as it asks, also when there is nothing to ask for. */
  readonly onTick: () => void;
}

/** Asks for the leases again and again while connected, and pairs each answer with its question: the server answers in order. */
export class Renewals {
  private asked: { readonly asked: readonly string[]; readonly sentMs: number }[] = [];
  private cancel: (() => void) | null = null;

  constructor(private readonly parts: RenewalsParts) {}

  start(): void {
    this.stop();
    this.ask();
  }

  stop(): void {
    this.cancel?.();
    this.asked = [];
  }

  answered({ faultIds, refused }: Extract<ServerMessage, { type: 'renewed' }>): void {
    const question = this.asked.shift();
    // An answer nobody waits for says nothing about what is held now.
    if (question !== undefined) this.parts.onRenewed({ ...question, granted: faultIds, refused });
  }

  private ask(): void {
    this.cancel = this.parts.clock.after(LEASE_RENEW_EVERY_MS, () => this.ask());
    this.renew();
    this.parts.onTick();
  }

  private renew(): void {
    const asked = this.parts.renewable();
    if (asked.length === 0) return;
    const sentMs = this.parts.clock.monotonicMs();
    if (this.parts.send({ type: 'renew', faultIds: asked })) this.asked.push({ asked, sentMs });
  }
}
