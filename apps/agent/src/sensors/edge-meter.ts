import type { EdgeSecond, Outcome } from '#contracts';
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

  /**
   * One request is over. Only answered ones have a latency: a refusal in no time would make a dead target look fast, a caller's patience would
   * make it look slow.
   */
  count(outcome: Outcome, latencyMs: number, faulted: boolean): void {
    this[outcome] += 1;
    if (faulted) this.faulted += 1;
    if (outcome !== 'noResponse') this.latency.add(latencyMs);
  }

  /** Gives what was counted and starts again, or null when there is nothing to say. `edge` is its index in the agent's hello. */
  drain(edge: number): EdgeSecond | null {
    if (this.quiet()) return null;
    const { ok, clientError, serverError, noResponse, faulted, bytesSent, bytesReceived, connectionsOpened, connectionsActive } = this;
    const outcomes = { ok, clientError, serverError, noResponse };
    const second = { edge, outcomes, faulted, latency: this.latency.toData(), bytesSent, bytesReceived, connectionsOpened, connectionsActive };
    this.ok = this.clientError = this.serverError = this.noResponse = this.faulted = 0;
    this.bytesSent = this.bytesReceived = this.connectionsOpened = 0;
    this.latency.clear();
    return second;
  }

  private quiet(): boolean {
    const counts = this.ok + this.clientError + this.serverError + this.noResponse + this.bytesSent + this.bytesReceived;
    return counts + this.connectionsOpened + this.connectionsActive === 0;
  }
}
