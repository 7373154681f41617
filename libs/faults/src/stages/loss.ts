import type { Random } from '../random.js';
import type { Emission, StreamStage } from '../stream-stage.js';

interface LossParams {
  readonly lossShare: number;
  readonly rtoMs: number;
}

// What a segment carries over Ethernet: 1500 bytes less the headers of IPv4 and TCP.
const SEGMENT_BYTES = 1_460;
// RFC 6298 section 2.4 lets a sender bound the doubled timeout, by 60 s at least.
const LONGEST_RTO_MS = 60_000;
// Linux gives a connection up after as many (tcp_retries2); here the segment then arrives, so that bytes are never lost.
const MOST_RETRANSMISSIONS = 15;

/**
 * Lost packets as TCP shows them to programs: a lost segment comes one retransmission timeout late, the timeout doubles with each further loss of
 * it (RFC 6298 section 5.5), and what follows waits behind it, for the order is kept. The end of the stream can be lost like any segment.
 */
export class Loss implements StreamStage {
  readonly removal = 'flush';
  private lastMs = -Infinity;

  constructor(
    private readonly params: LossParams,
    private readonly random: Random,
  ) {}

  data(bytes: Uint8Array, stampMs: number): readonly Emission[] {
    const runs: Emission[] = [];
    // Segments that leave together leave as one.
    let runStart = 0;
    let runMs = this.arrivalMs(stampMs);
    for (let at = SEGMENT_BYTES; at < bytes.length; at += SEGMENT_BYTES) {
      const arrivalMs = this.arrivalMs(stampMs);
      if (arrivalMs === runMs) continue;
      runs.push({ type: 'data', atMs: runMs, bytes: bytes.subarray(runStart, at) });
      runStart = at;
      runMs = arrivalMs;
    }
    runs.push({ type: 'data', atMs: runMs, bytes: bytes.subarray(runStart) });
    return runs;
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'end', atMs: this.arrivalMs(stampMs) }];
  }

  private arrivalMs(stampMs: number): number {
    this.lastMs = Math.max(this.lastMs, stampMs + this.stallMs());
    return this.lastMs;
  }

  private stallMs(): number {
    let stallMs = 0;
    let rtoMs = this.params.rtoMs;
    for (let losses = 0; losses < MOST_RETRANSMISSIONS && this.random() < this.params.lossShare; losses++) {
      stallMs += rtoMs;
      rtoMs = Math.min(rtoMs * 2, LONGEST_RTO_MS);
    }
    return stallMs;
  }
}
