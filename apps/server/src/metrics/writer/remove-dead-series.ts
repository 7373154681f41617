import type { BlocksStore } from '../../storage/metrics/blocks.store.js';
import type { SeriesStore } from '../../storage/metrics/series.store.js';
import type { SeriesAdmission } from './series-admission.js';

interface Stores {
  readonly epoch: number;
  readonly admission: SeriesAdmission;
  readonly series: SeriesStore;
  readonly blocks: BlocksStore;
}

// A statement that removes more would hold up those who wait to be admitted.
const SERIES_A_STATEMENT = 10_000;

/**
 * Removes the rows of series that have samples in no block and are not being written. No series is admitted meanwhile: one that comes back could be written to a row that is on
 * its way out. Gives the ids; what an interruption leaves is found the next time.
 */
export async function removeDeadSeries({ epoch, admission, series, blocks }: Stores): Promise<number[]> {
  const removed: number[] = [];
  await admission.removing(async (isWritten) => {
    const present = await presentIn(blocks);
    const dead: number[] = [];
    for await (const some of series.metrics()) for (const { id } of some) if (!isWritten(id) && ((present[id >> 3] ?? 0) & (1 << (id & 7))) === 0) dead.push(id);
    for (let at = 0; at < dead.length; at += SERIES_A_STATEMENT) {
      const some = dead.slice(at, at + SERIES_A_STATEMENT);
      await series.remove(epoch, some);
      removed.push(...some);
    }
  });
  return removed;
}

async function presentIn(blocks: BlocksStore): Promise<Uint8Array> {
  let union = new Uint8Array(0);
  for await (const bitmaps of blocks.allPresence()) {
    for (const bitmap of bitmaps) {
      if (bitmap.length > union.length) {
        const longer = new Uint8Array(bitmap.length);
        longer.set(union);
        union = longer;
      }
      bitmap.forEach((byte, i) => (union[i]! |= byte));
    }
  }
  return union;
}
