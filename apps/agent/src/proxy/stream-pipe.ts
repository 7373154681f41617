import { performance } from 'node:perf_hooks';
import type { StreamStage } from '#faults';
import { StreamOutlet } from './stream-outlet.js';
import type { OutletTo } from './stream-outlet.js';
import { StreamSection } from './stream-section.js';
import type { Downward, SectionHost } from './stream-section.js';

/** Where a pipe ends, and what it may do to its connection. */
export interface PipeEnd extends OutletTo {
  /** The pipe was full, and has room again. */
  drained(): void;
}

// What stages hold is memory of this process: beyond this the sender is not read, as TCP itself would have it wait. A delay of 100 ms reaches it at 160 MiB/s.
const MOST_HELD_BYTES = 16 * 1_048_576;

/**
 * One stream of a link on its way through the stages of its faults. Bytes that meet neither a stage nor a hold pass in the call that brings them.
 *
 *     pass, passEnd -> section -> section -> outlet -> PipeEnd
 */
export class StreamPipe implements SectionHost {
  /** Nothing acts here: whoever brings bytes may as well hand them to the end itself. */
  clear = true;
  private readonly sections: StreamSection[] = [];
  private readonly outlet: StreamOutlet;
  private heldBytes = 0;
  private wasFull = false;

  constructor(private readonly to: PipeEnd) {
    this.outlet = new StreamOutlet(to, this);
  }

  /** The sender is to wait for `drained`. */
  get full(): boolean {
    return this.wasFull;
  }
  /** A stage acts on the stream. */
  get staged(): boolean {
    return this.sections.length > 0;
  }

  pass(bytes: Buffer): void {
    if (this.clear) this.to.data(bytes);
    else this.first.data(bytes, performance.now());
  }

  passEnd(): void {
    if (this.clear) this.to.end();
    else this.first.end(performance.now());
  }

  /** The connection is made: stages that act by time alone begin. */
  start(nowMs: number): void {
    for (const section of this.sections) section.start(nowMs);
  }

  find(faultId: string): StreamSection | undefined {
    return this.sections.find((section) => section.faultId === faultId);
  }

  /** Puts a stage behind those of `forerunners`. */
  add(faultId: string, stage: StreamStage, forerunners: readonly string[]): StreamSection {
    const place = this.sections.filter((section) => forerunners.includes(section.faultId)).length;
    const section = new StreamSection(faultId, stage, this, this.sections[place] ?? this.outlet);
    this.sections.splice(place, 0, section);
    this.join(place, section);
    return section;
  }

  /** Puts a stage into the place of a section: what that held goes on at once. When it had taken bytes for good, only a reset is honest. */
  replace(old: StreamSection, stage: StreamStage): StreamSection {
    const section = new StreamSection(old.faultId, stage, this, old.next);
    const place = this.sections.indexOf(old);
    this.sections[place] = section;
    this.join(place, section);
    this.retire(old, old.stage.removal === 'reset' ? 'reset' : 'flush');
    return section;
  }

  /** Takes a stage away, as it asks to be. Waits for nothing. */
  remove(section: StreamSection): void {
    const place = this.sections.indexOf(section);
    this.sections.splice(place, 1);
    this.join(place, section.next);
    this.retire(section, section.stage.removal);
  }

  /** Lets nothing out until `release`: what arrives, or falls due, waits in order. */
  hold(): void {
    this.outlet.hold();
    this.clear = false;
  }

  release(): void {
    this.outlet.release();
    this.settle();
  }

  /** The connection is over. */
  drop(): void {
    for (const section of this.sections) section.drop();
    this.outlet.drop();
  }

  reset(): void {
    this.to.cut('reset');
  }

  held(bytes: number): void {
    this.heldBytes += bytes;
    if (this.heldBytes > MOST_HELD_BYTES) this.wasFull = true;
    if (!this.wasFull || this.heldBytes > MOST_HELD_BYTES / 2) return;
    this.wasFull = false;
    this.to.drained();
  }

  private get first(): Downward {
    return this.sections[0] ?? this.outlet;
  }

  private join(place: number, next: Downward): void {
    const before = this.sections[place - 1];
    if (before !== undefined) before.next = next;
    this.settle();
  }

  private retire(section: StreamSection, removal: StreamStage['removal']): void {
    if (removal === 'flush') section.flush(performance.now());
    else section.drop();
    this.settle();
    if (removal !== 'flush') this.to.cut(removal);
  }

  private settle(): void {
    this.clear = this.sections.length === 0 && this.outlet.open;
  }
}
