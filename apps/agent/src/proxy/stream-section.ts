import { performance } from 'node:perf_hooks';
import type { Emission, StreamStage } from '#faults';
import type { Deadline } from './deadline-heap.js';
import { deadlines } from './deadlines.js';

type Passing = Extract<Emission, { type: 'data' | 'end' }>;
type Cut = Extract<Emission, { type: 'close' | 'reset' }>;

/** What stands behind a section: another one, or the end of the pipe. `stampMs` is the moment at which it left. */
export interface Downward {
  data(bytes: Uint8Array, stampMs: number): void;
  end(stampMs: number): void;
  /** The connection ends by FIN, behind what was handed on before. */
  close(): void;
}

/** What a section asks of its pipe. */
export interface SectionHost {
  /** The connection ends by RST, now, by the fault's own doing. */
  reset(): void;
  /** So many bytes more, or fewer, are held. */
  held(bytes: number): void;
}

// Taking from the front of a long array moves all of it: it is cut when this much was read and no more than as much is left.
const COMPACT_AT = 1_024;
// An emission occupies so much besides its bytes: pieces of single bytes must not hide what they cost.
const EMISSION_BYTES = 128;

/** One stage at work: feeds it, holds what it emits until its time, and hands that on in order. */
export class StreamSection implements Downward {
  private queue: Passing[] = [];
  /** What stands before it in the queue has left. */
  private head = 0;
  private deadline: Deadline | null = null;
  private readonly cuts = new Set<Deadline>();
  private lastLeftMs = -Infinity;
  private closing = false;
  private gone = false;

  constructor(
    readonly faultId: string,
    readonly stage: StreamStage,
    private readonly host: SectionHost,
    public next: Downward,
  ) {}

  start(nowMs: number): void {
    if (this.stage.start !== undefined) this.take(this.stage.start(nowMs), nowMs);
  }

  data(bytes: Uint8Array, stampMs: number): void {
    if (!this.gone) this.take(this.stage.data(bytes, stampMs), performance.now());
  }

  end(stampMs: number): void {
    if (!this.gone) this.take(this.stage.end(stampMs), performance.now());
  }

  close(): void {
    if (this.gone) return;
    this.closing = true;
    this.closeWhenEmpty();
  }

  /** Acts no more, and throws away what it holds. */
  drop(): void {
    this.gone = true;
    this.release();
    if (this.deadline !== null) deadlines.cancel(this.deadline);
    for (const cut of this.cuts) deadlines.cancel(cut);
    this.cuts.clear();
  }

  /** Acts no more: what it holds goes on at once. */
  flush(nowMs: number): void {
    const waiting = this.queue.slice(this.head);
    this.drop();
    for (const emission of waiting) this.handOn(emission, nowMs);
    this.closeWhenEmpty();
  }

  private take(emissions: readonly Emission[], nowMs: number): void {
    for (const emission of emissions) {
      if (this.gone) return;
      if (emission.type === 'close' || emission.type === 'reset') this.takeCut(emission, nowMs);
      else if (emission.atMs <= nowMs && this.head === this.queue.length) this.handOn(emission, nowMs);
      else this.keep(emission);
    }
    this.arm();
  }

  private takeCut({ type, atMs }: Cut, nowMs: number): void {
    if (atMs <= nowMs) return this.cut(type);
    if (atMs === Infinity) return;
    const deadline = deadlines.at(atMs, () => {
      this.cuts.delete(deadline);
      this.cut(type);
    });
    this.cuts.add(deadline);
  }

  private cut(type: Cut['type']): void {
    if (type === 'reset') this.host.reset();
    else this.next.close();
  }

  private closeWhenEmpty(): void {
    if (this.closing && this.head === this.queue.length) this.next.close();
  }

  private keep(emission: Passing): void {
    this.queue.push(emission);
    this.host.held(costOf(emission));
  }

  private arm(): void {
    const first = this.queue[this.head];
    if (first === undefined || this.deadline !== null || this.gone || first.atMs === Infinity) return;
    this.deadline = deadlines.at(first.atMs, () => this.onDue());
  }

  private onDue(): void {
    this.deadline = null;
    const nowMs = performance.now();
    for (let first = this.queue[this.head]; first !== undefined && first.atMs <= nowMs; first = this.queue[this.head]) {
      this.head += 1;
      this.host.held(-costOf(first));
      this.handOn(first, nowMs);
    }
    this.forgetRead();
    this.arm();
    this.closeWhenEmpty();
  }

  private forgetRead(): void {
    if (this.head === this.queue.length) this.release();
    else if (this.head >= COMPACT_AT && this.head * 2 >= this.queue.length) {
      this.queue.splice(0, this.head);
      this.head = 0;
    }
  }

  /** Delays of one section after another must not add up how late each timer was: what left on time is stamped with the time it was due. */
  private handOn(emission: Passing, nowMs: number): void {
    this.lastLeftMs = Math.max(this.lastLeftMs, Math.min(emission.atMs, nowMs));
    if (emission.type === 'data') this.next.data(emission.bytes, this.lastLeftMs);
    else this.next.end(this.lastLeftMs);
  }

  private release(): void {
    for (let i = this.head; i < this.queue.length; i++) this.host.held(-costOf(this.queue[i]!));
    this.queue = [];
    this.head = 0;
  }
}

function costOf(emission: Passing): number {
  return EMISSION_BYTES + (emission.type === 'data' ? emission.bytes.length : 0);
}
