import { ByteHash } from '../labels/byte-hash.js';
import { BodyCursor } from './body-cursor.js';
import type { BodyReading } from './body-reading.js';
import { CommentMemory } from './comment-memory.js';
import { DIALECTS } from './dialect.js';
import type { ExpositionFormat, ExpositionReceiver } from './exposition.js';
import { readOpenMetrics } from './read-openmetrics.js';
import { readText } from './read-text.js';
import { SampleLine } from './sample-line.js';
import { OpenMetricsRules } from './strict/openmetrics-rules.js';
import { ToldFamilies } from './told-families.js';

const READERS: Record<ExpositionFormat, (reading: BodyReading) => void> = { 'prometheus-text': readText, 'openmetrics-text': readOpenMetrics };

/**
 * Reads the bodies that targets expose, line by line on the bytes. Samples come first, in their order, and then the families.
 *
 *     body -> series bytes -> key, value, time; labels only when asked for
 */
export class ExpositionReader {
  readonly #isStrict: boolean;
  readonly #hash: ByteHash;
  readonly #families = new ToldFamilies();
  readonly #comments: Record<ExpositionFormat, CommentMemory>;

  /**
   * `seed`: for the series' keys, 64 random bits, drawn once per process.
   * `strict`: holds OpenMetrics to what its specification says of exposers; without it, a body is read when the scraper of Prometheus would read it.
   */
  constructor({ seed, strict = false }: { readonly seed: { readonly low: number; readonly high: number }; readonly strict?: boolean }) {
    this.#hash = new ByteHash(seed);
    this.#isStrict = strict;
    this.#comments = { 'prometheus-text': new CommentMemory(this.#hash), 'openmetrics-text': new CommentMemory(this.#hash) };
  }

  /** Throws ExpositionError at the first line that is wrong, when the receiver may have been given lines before it; families it gets only of a whole body. */
  read(body: Uint8Array, format: ExpositionFormat, receiver: ExpositionReceiver): void {
    const isStrict = this.#isStrict && format === 'openmetrics-text';
    const dialect = DIALECTS[isStrict ? 'strict-openmetrics' : format];
    const cursor = new BodyCursor(body);
    const families = this.#families;
    this.#start(format);
    const rules = isStrict ? new OpenMetricsRules(cursor) : null;
    const comments = isStrict ? null : this.#comments[format];
    READERS[format]({ cursor, dialect, hash: this.#hash, line: new SampleLine(cursor, dialect), families, receiver, comments, rules });
    families.deliver(receiver);
  }

  #start(format: ExpositionFormat): void {
    const memories = Object.values(this.#comments);
    if (this.#families.isFull || memories.some(({ isFull }) => isFull)) {
      for (const memory of memories) memory.forget();
      this.#families.forget();
    }
    this.#families.start();
    this.#comments[format].start();
  }
}
