import type { EdgeCounts, EdgeSecond, Outcome } from '#contracts';
import { LatencySketch } from '#traffic';

/** What one edge did since it was last drained. The proxy counts into it; nothing here allocates for a request. */
export class EdgeMeter {
  bytesSent = 0;
  bytesReceived = 0;
  connectionsOpened = 0;
  connectionsActive = 0;
  private ok = 0;
  private clientError = 0;
  private serverError = 0;
  private noResponse = 0;
  private faulted = 0;
  private readonly latency = new LatencySketch();
  /** Null until the first report: that one is made even of a quiet edge, so that what is counted from then on begins at a known number. */
  private totals: EdgeCounts | null = null;

  /**
   * One request is over. Only answered ones have a latency: a refusal in no time would make a dead target look fast, a caller's patience would
   * make it look slow.
   */
  count(outcome: Outcome, latencyMs: number, faulted: boolean): void {
    this[outcome] += 1;
    if (faulted) this.faulted += 1;
    if (outcome !== 'noResponse') this.latency.add(latencyMs);
  }

  /** Gives what was counted and starts again; null when there is nothing to say, unless `alsoQuiet`. `edge` is its index in the agent's hello. */
  drain(edge: number, alsoQuiet = false): EdgeSecond | null {
    if (this.totals !== null && !alsoQuiet && this.quiet()) return null;
    const counts = this.take();
    this.totals = this.totals === null ? counts : sum(this.totals, counts);
    const second = { edge, ...counts, connectionsActive: this.connectionsActive, latency: this.latency.toData(), totals: this.totals };
    this.latency.clear();
    return second;
  }

  private take(): EdgeCounts {
    const { ok, clientError, serverError, noResponse, faulted, bytesSent, bytesReceived, connectionsOpened } = this;
    this.ok = this.clientError = this.serverError = this.noResponse = this.faulted = 0;
    this.bytesSent = this.bytesReceived = this.connectionsOpened = 0;
    return { outcomes: { ok, clientError, serverError, noResponse }, faulted, bytesSent, bytesReceived, connectionsOpened };
  }

  private quiet(): boolean {
    const counts = this.ok + this.clientError + this.serverError + this.noResponse + this.bytesSent + this.bytesReceived;
    return counts + this.connectionsOpened + this.connectionsActive === 0;
  }
}

function sum(a: EdgeCounts, b: EdgeCounts): EdgeCounts {
  return {
    outcomes: {
      ok: a.outcomes.ok + b.outcomes.ok,
      clientError: a.outcomes.clientError + b.outcomes.clientError,
      serverError: a.outcomes.serverError + b.outcomes.serverError,
      noResponse: a.outcomes.noResponse + b.outcomes.noResponse,
    },
    faulted: a.faulted + b.faulted,
    bytesSent: a.bytesSent + b.bytesSent,
    bytesReceived: a.bytesReceived + b.bytesReceived,
    connectionsOpened: a.connectionsOpened + b.connectionsOpened,
  };
}
