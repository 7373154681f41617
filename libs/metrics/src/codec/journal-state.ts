import { JournalSeries } from './journal-series.js';

/** What a blob is written against: all that came before it in its part. Writer and reader change theirs in the same way. */
export class JournalState {
  readonly series = new JournalSeries();
  /** Of the sample before, -1 at the beginning. */
  lastNumber = -1;
  /** The last start that was told as such. */
  lastStartMs = 0;
  /** Of the blob before; null where there is none. */
  checksum: number | null = null;
}
