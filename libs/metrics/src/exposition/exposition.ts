import type { Labels } from '../labels/labels.js';
import type { MetricMetadata } from '../remote-write/write-batch.js';

/** Prometheus text format 0.0.4 (and 1.0.0, which only adds quoted names), and OpenMetrics 1.0. */
export type ExpositionFormat = 'prometheus-text' | 'openmetrics-text';

export interface ExposedExemplar {
  readonly labels: Labels;
  readonly value: number;
  /** Null where it has none. */
  readonly timeMs: number | null;
}

/** One line. The object is used again for the next line: take out what is needed. */
export interface ExposedSample {
  /**
   * 64 bits of the bytes that spell name and labels: the same key means the same labels, so `labels` is needed only for a key never seen.
   * The same labels may be spelt in several ways.
   */
  readonly keyLow: number;
  readonly keyHigh: number;
  readonly value: number;
  /** Null where the line has no timestamp. */
  readonly timeMs: number | null;
  readonly exemplar: ExposedExemplar | null;
  /** Decodes and checks name and labels, which costs far more than the key. Throws ExpositionError. */
  labels(): Labels;
}

/** Where a body's lines go, in their order. */
export interface ExpositionReceiver {
  sample(sample: ExposedSample): void;
  /** Once a family, when all of what its comment lines say is known: behind the last sample. `metadata` is often the same object as for the body before when it says the same. */
  family(name: string, metadata: MetricMetadata): void;
}
