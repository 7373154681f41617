import { performance } from 'node:perf_hooks';
import type { EdgeMeter } from '../sensors/edge-meter.js';
import { Gate } from './gate.js';
import type { Link } from './link.js';
import type { LinkEnd, Relay, RuleSource } from './relay.js';

// A protocol's goodbye (PostgreSQL's Terminate) is followed by its FIN within moments; a caller that gives up does so after a timeout of its own.
// Too long would hide impatient callers, too short would report every closed session as a failure.
const FAREWELL_WITHIN_MS = 50;

/** Requests that were understood before the connection's bytes no longer were: the next bytes of the upstream answer them. */
interface OwedExchanges {
  finishUnread(): void;
  abandon(byFault: boolean): void;
}

/**
 * Passes bytes untouched and counts exchanges: from the caller's first bytes after the upstream's (or at the start) to the upstream's next byte.
 * Protocols that pipeline or push have fewer exchanges than requests; that is the price of not knowing the protocol.
 */
export class TcpRelay implements Relay {
  private exchange: { readonly startedMs: number; readonly faulted: boolean } | null = null;
  private readonly gate = new Gate();
  private hung = false;
  private lastSentMs = 0;
  private farewell = false;

  constructor(
    private readonly link: Link,
    private readonly meter: EdgeMeter,
    private readonly from: { readonly rules: RuleSource; readonly owed?: OwedExchanges },
  ) {}

  fromClient(chunk: Buffer): void {
    // A hung exchange never goes on: the connection ends with the fault, so nothing that follows has to be kept.
    if (this.hung) return;
    this.lastSentMs = performance.now();
    if (this.exchange !== null) return this.link.toUpstream(chunk);
    this.begin(chunk, this.lastSentMs);
  }

  fromUpstream(chunk: Buffer): void {
    this.from.owed?.finishUnread();
    if (this.exchange !== null && !this.gate.closed) this.answered(this.exchange);
    this.link.toClient(chunk);
  }

  clientEnded(): void {
    if (this.hung) return this.link.close('broken');
    this.farewell = this.exchange !== null && !this.exchange.faulted && performance.now() - this.lastSentMs <= FAREWELL_WITHIN_MS;
    this.link.endUpstream();
  }

  upstreamEnded(): void {
    this.link.endClient();
  }

  ruleLifted(): void {
    if (this.hung) return this.link.reset('fault');
    this.gate.open();
  }

  closed(end: LinkEnd): void {
    this.gate.drop();
    this.from.owed?.abandon(end === 'fault');
    if (this.exchange === null || (this.farewell && end === 'clean')) return;
    const { startedMs, faulted } = this.exchange;
    this.meter.count('noResponse', performance.now() - startedMs, faulted || end === 'fault');
    this.exchange = null;
  }

  private begin(chunk: Buffer, startedMs: number): void {
    const verdict = this.from.rules.active?.rule.onExchange?.() ?? { type: 'pass' };
    this.exchange = { startedMs, faulted: verdict.type !== 'pass' };
    switch (verdict.type) {
      case 'pass':
        return this.link.toUpstream(chunk);
      case 'delay':
        this.link.holdClient();
        return this.gate.hold(startedMs + verdict.delayMs, () => {
          this.link.toUpstream(chunk);
          this.link.releaseClient();
        });
      case 'hang':
        return this.hang(verdict.closeAfterMs, startedMs);
    }
  }

  private hang(closeAfterMs: number | null, startedMs: number): void {
    this.hung = true;
    this.link.silenceUpstream();
    if (closeAfterMs !== null) this.gate.hold(startedMs + closeAfterMs, () => this.link.close('fault'));
  }

  private answered({ startedMs, faulted }: { readonly startedMs: number; readonly faulted: boolean }): void {
    this.meter.count('ok', performance.now() - startedMs, faulted);
    this.exchange = null;
  }
}
