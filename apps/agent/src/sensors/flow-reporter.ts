import { QUIET_EDGE_EVERY_SEC, type EdgeSecond, type FlowReport } from '#contracts';
import type { Clock } from '../clock.js';
import type { EdgeMeter } from './edge-meter.js';
import { FlowBuffer } from './flow-buffer.js';

// Timers may fire a moment early; a report made before the second is over would carry the wrong number.
const AFTER_THE_SECOND_MS = 5;
// A clock that was set back by less than this is waited for, so that no second is reported twice; beyond it the new time is taken as it is.
const MAX_BACKWARD_SEC = 10;

interface FlowReporterParts {
  /** In the order of the edges in the hello; more may come, none goes. */
  readonly meters: () => readonly EdgeMeter[];
  readonly clock: Clock;
  readonly send: (report: FlowReport) => void;
}

/** Once a wall-clock second: drains every meter into one report, sends it and keeps it until the server acknowledges it. */
export class FlowReporter {
  private readonly buffer = new FlowBuffer();
  private seq = 0;
  private lastSec = 0;
  private cancelTimer: (() => void) | null = null;

  constructor(private readonly parts: FlowReporterParts) {}

  get nextSeq(): number {
    return this.seq;
  }

  start(): void {
    const { clock } = this.parts;
    const untilNextSecondMs = 1_000 - (clock.wallMs() % 1_000);
    this.cancelTimer = clock.after(untilNextSecondMs + AFTER_THE_SECOND_MS, () => {
      this.start();
      this.report();
    });
  }

  stop(): void {
    this.cancelTimer?.();
  }

  acknowledge(seq: number): void {
    this.buffer.acknowledge(seq);
  }

  /** Sends again what the server may not have; it knows a report by its number. */
  resend(): void {
    for (const report of this.buffer.unacknowledged()) this.parts.send(report);
  }

  /** An empty report is sent too: it says that the second was watched and nothing came. */
  private report(): void {
    const sec = Math.floor(this.parts.clock.wallMs() / 1_000) - 1;
    if (sec <= this.lastSec && this.lastSec - sec < MAX_BACKWARD_SEC) return;
    this.lastSec = sec;
    const alsoQuiet = sec % QUIET_EDGE_EVERY_SEC === 0;
    const edges = this.parts.meters().map((meter, edge) => meter.drain(edge, alsoQuiet)).filter((second): second is EdgeSecond => second !== null);
    const report: FlowReport = { seq: this.seq++, sec, edges, droppedReports: 0 };
    this.buffer.push(report);
    this.parts.send(report);
  }
}
