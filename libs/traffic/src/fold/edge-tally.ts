import type { EdgeSecond, LiveEdgeState } from '#contracts';
import { LatencySketch } from '../latency-sketch.js';

const NO_SECOND = -1;

interface Quantiles {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}
const NO_QUANTILES: Quantiles = { p50Ms: null, p95Ms: null, p99Ms: null };

/** What is known of one edge since the start of the epoch, and the latencies of the newest second anyone reported for it. */
export class EdgeTally {
  readonly #id: number;
  #ok = 0;
  #clientError = 0;
  #serverError = 0;
  #noResponse = 0;
  #faulted = 0;
  #bytes = 0;
  #connections = 0;
  #latencySec = NO_SECOND;
  readonly #latency = new LatencySketch();
  #quantiles = NO_QUANTILES;
  #quantilesCurrent = true;

  constructor(id: number) {
    this.#id = id;
  }

  add(sec: number, seen: EdgeSecond): void {
    this.#ok = capped(this.#ok + seen.outcomes.ok);
    this.#clientError = capped(this.#clientError + seen.outcomes.clientError);
    this.#serverError = capped(this.#serverError + seen.outcomes.serverError);
    this.#noResponse = capped(this.#noResponse + seen.outcomes.noResponse);
    this.#faulted = capped(this.#faulted + seen.faulted);
    this.#bytes = capped(this.#bytes + seen.bytesSent + seen.bytesReceived);
    this.#addLatency(sec, seen);
  }

  /** `change` is against what the same agent last said: open connections are a level, not a count. */
  addConnections(change: number): void {
    this.#connections += change;
  }

  /** `sec` is the last full second; a tally that has nothing from it, or from after it, shows no latency. */
  state(sec: number, stale: boolean): LiveEdgeState {
    return {
      id: this.#id,
      ok: this.#ok,
      clientError: this.#clientError,
      serverError: this.#serverError,
      noResponse: this.#noResponse,
      faulted: this.#faulted,
      bytes: this.#bytes,
      connections: capped(this.#connections),
      ...(this.#latencySec >= sec ? this.#readQuantiles() : NO_QUANTILES),
      stale,
    };
  }

  /** A report that was held back while the server was away adds its counts, but its latencies are history. */
  #addLatency(sec: number, { latency }: EdgeSecond): void {
    if (sec < this.#latencySec) return;
    if (sec > this.#latencySec) this.#latency.clear();
    this.#latencySec = sec;
    this.#latency.merge(latency);
    this.#quantilesCurrent = false;
  }

  #readQuantiles(): Quantiles {
    if (!this.#quantilesCurrent) {
      this.#quantiles = { p50Ms: this.#latency.quantile(0.5), p95Ms: this.#latency.quantile(0.95), p99Ms: this.#latency.quantile(0.99) };
      this.#quantilesCurrent = true;
    }
    return this.#quantiles;
  }
}

// One agent that reports nonsense must not make the frame of everyone impossible to encode.
function capped(count: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, count);
}
