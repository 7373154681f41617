import type { BlocksStore } from '../../storage/metrics/blocks.store.js';
import type { PinsStore } from '../../storage/metrics/pins.store.js';
import type { SeriesStore } from '../../storage/metrics/series.store.js';
import { WINDOW_MS } from '../window.js';
import { blocksOfPart } from './flush-part.js';
import type { HeadPart } from './head-part.js';
import type { Head } from './head.js';
import type { JournalFeed } from './journal-feed.js';
import { mergeBlocks } from './merge-window.js';
import { removeDeadSeries } from './remove-dead-series.js';
import type { SeriesAdmission } from './series-admission.js';

const MS_A_DAY = 86_400_000;
// A histogram is an object with arrays, and takes about as much memory as so many floats in columns.
const SAMPLES_A_HISTOGRAM = 40;

/** When the head is moved to the database's blocks, and those into segments. */
export interface Pace {
  readonly partMs: number;
  readonly partSamples: number;
  /** How long after its end a window may still get samples as a matter of course. */
  readonly windowRestMs: number;
}

/** Journal and head -> recent blocks -> segments. One thing at a time; whatever is interrupted is begun again from what is committed. */
export class WriteMaintenance {
  constructor(
    private readonly parts: {
      readonly epoch: number;
      readonly head: Head;
      readonly feed: JournalFeed;
      readonly admission: SeriesAdmission;
      readonly blocks: BlocksStore;
      readonly series: SeriesStore;
      readonly pins: Pick<PinsStore, 'days'>;
      readonly pace: Pace;
      readonly keepMs: number;
      readonly nowMs: () => number;
      readonly swept: (isWritten: (slot: number) => boolean) => void;
      readonly removed: (seriesIds: readonly number[]) => void;
      readonly blocksChanged: () => void;
    },
  ) {}

  async round(): Promise<void> {
    if (this.#isDue()) await this.parts.feed.nextPart();
    await this.flush();
    await this.merge();
    await this.dropOld();
  }

  /** Moves all parts but the one that is being written. */
  async flush(): Promise<void> {
    const { head, admission, swept } = this.parts;
    const finished = head.parts.slice(0, -1);
    for (const part of finished) await this.#flushPart(part);
    if (finished.length === 0) return;
    const isWritten = (slot: number): boolean => head.parts.some((part) => part.has(slot));
    admission.sweep(isWritten);
    swept(isWritten);
  }

  /** Moves the windows that are over. */
  async merge(): Promise<void> {
    const { blocks, pace, nowMs } = this.parts;
    const over = nowMs() - WINDOW_MS - pace.windowRestMs;
    for (const windowMs of await blocks.recentWindows()) if (windowMs < over) await this.#mergeWindow(windowMs);
  }

  /** Drops the days that are over their time, but for those of which a part is pinned, and the series that were only there. */
  async dropOld(): Promise<void> {
    const { blocks, pins, keepMs, nowMs, removed } = this.parts;
    const firstKept = Math.floor((nowMs() - keepMs) / MS_A_DAY);
    const old = (await blocks.days()).filter((day) => day < firstKept);
    if (old.length === 0) return;
    const pinned = await pins.days();
    const dropped = old.filter((day) => !pinned.has(day));
    for (const day of dropped) await this.#changing(blocks.dropDay(day));
    if (dropped.length > 0) removed(await removeDeadSeries(this.parts));
  }

  #isDue(): boolean {
    const { head, pace, nowMs } = this.parts;
    const newest = head.parts.at(-1);
    if (newest === undefined || newest.sampleCount === 0) return false;
    return newest.sampleCount + SAMPLES_A_HISTOGRAM * newest.histogramCount >= pace.partSamples || nowMs() - newest.openedMs >= pace.partMs;
  }

  async #flushPart(part: HeadPart): Promise<void> {
    const { epoch, head, admission, blocks } = this.parts;
    await this.#changing(blocks.replacePart(epoch, part.part, await blocksOfPart(part, admission.slots)));
    head.dropPart(part);
  }

  async #mergeWindow(windowMs: number): Promise<void> {
    const { epoch, admission, blocks } = this.parts;
    const sources = (await blocks.writtenIn(windowMs)).map((written) => blocks.recentBlocks(windowMs, written));
    await this.#changing(blocks.replaceWindow(epoch, windowMs, mergeBlocks(sources, (id) => admission.metricOf(id))));
  }

  // The state changes before the head lets go of what is in blocks now: whoever reads finds it in one of the two.
  async #changing(change: Promise<void>): Promise<void> {
    try {
      await change;
    } finally {
      this.parts.blocksChanged();
    }
  }
}
