import { performance } from 'node:perf_hooks';
import type { EdgeMeter } from '../sensors/edge-meter.js';
import { ExchangeFaults } from './exchange-faults.js';
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
  /** The caller has asked, and the upstream not yet answered. Bare fields, for most exchanges are small and many. */
  private asked = false;
  private startedMs = 0;
  private faulted = false;
  private faults: ExchangeFaults | null = null;
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
    if (this.asked) return this.link.toUpstream(chunk);
    this.begin(chunk, this.lastSentMs);
  }

  fromUpstream(chunk: Buffer): void {
    this.from.owed?.finishUnread();
    if (this.asked && !this.gate.closed) this.answered();
    this.link.toClient(chunk);
  }

  clientEnded(): void {
    if (this.hung) return this.link.close('broken');
    this.farewell = this.asked && !this.faulted && performance.now() - this.lastSentMs <= FAREWELL_WITHIN_MS;
    this.link.endUpstream();
  }

  upstreamEnded(): void {
    this.link.endClient();
  }

  ruleLifted(faultId: string): void {
    const { faults } = this;
    if (faults === null) return;
    if (this.hung && faults.hungBy(faultId)) return this.link.reset('fault');
    if (!faults.lifted(faultId) || this.hung || !this.gate.closed) return;
    if (faults.delays) this.gate.move(faults.dueMs);
    else this.gate.open();
  }

  closed(end: LinkEnd): void {
    this.gate.drop();
    this.from.owed?.abandon(end === 'fault');
    if (!this.asked || (this.farewell && end === 'clean')) return;
    this.meter.count('noResponse', performance.now() - this.startedMs, this.faulted || end === 'fault');
    this.asked = false;
  }

  private begin(chunk: Buffer, startedMs: number): void {
    this.asked = true;
    this.startedMs = startedMs;
    this.faulted = this.link.staged;
    const { active } = this.from.rules;
    if (active.length === 0) return this.link.toUpstream(chunk);
    const faults = new ExchangeFaults(startedMs, active);
    if (!faults.act) return this.link.toUpstream(chunk);
    this.faulted = true;
    this.faults = faults;
    if (faults.hang) return this.hang(faults.closesAtMs);
    this.link.holdClient();
    this.gate.hold(faults.dueMs, () => {
      this.link.toUpstream(chunk);
      this.link.releaseClient();
    });
  }

  private hang(closesAtMs: number): void {
    this.hung = true;
    this.link.silenceUpstream();
    if (closesAtMs < Infinity) this.gate.hold(closesAtMs, () => this.link.close('fault'));
  }

  private answered(): void {
    this.meter.count('ok', performance.now() - this.startedMs, this.faulted);
    this.asked = false;
    this.faults = null;
  }
}
