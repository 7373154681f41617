import type { AgentMessage, Holding } from '#contracts';
import type { Watchdog } from '../watchdog/watchdog.js';

interface HoldingsReportParts {
  readonly holdings: () => Holding[];
  readonly watchdog: Pick<Watchdog, 'state'>;
  readonly send: (message: AgentMessage) => boolean;
}

/** Keeps the server's picture of what is held here fresh, and is quiet while that is nothing. */
export class HoldingsReport {
  private saidEmpty = false;

  constructor(private readonly parts: HoldingsReportParts) {}

  /** The server knows nothing any more: the next tick says how it is. */
  disconnected(): void {
    this.saidEmpty = false;
  }

  /** Says it while there is something to say, and once when there no longer is. */
  tick(): void {
    const holdings = this.parts.holdings();
    const empty = holdings.length === 0;
    if (empty && this.saidEmpty) return;
    const sent = this.parts.send({ type: 'holdings', holdings, watchdog: this.parts.watchdog.state });
    this.saidEmpty = empty && sent;
  }
}
