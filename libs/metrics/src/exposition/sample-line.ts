import type { Labels } from '../labels/labels.js';
import type { BodyCursor } from './body-cursor.js';
import type { Dialect } from './dialect.js';
import type { ExposedExemplar, ExposedSample } from './exposition.js';
import { readSeriesLabels } from './read-labels.js';

/** The line that is being read: the same object for every line. */
export class SampleLine implements ExposedSample {
  keyLow = 0;
  keyHigh = 0;
  value = 0;
  timeMs: number | null = null;
  exemplar: ExposedExemplar | null = null;
  seriesAt = 0;
  seriesEnd = 0;
  valueAt = 0;
  /** Where the timestamp and the exemplar begin, and end; meaningless where there is none. */
  timeAt = 0;
  timeEnd = 0;
  exemplarAt = 0;
  readonly #cursor: BodyCursor;
  readonly #dialect: Dialect;

  constructor(cursor: BodyCursor, dialect: Dialect) {
    this.#cursor = cursor;
    this.#dialect = dialect;
  }

  labels(): Labels {
    return readSeriesLabels(this.#cursor, { from: this.seriesAt, to: this.seriesEnd }, this.#dialect);
  }
}
