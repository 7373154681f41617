import type { Labels } from '../labels/labels.js';
import type { MetricMetadata } from '../remote-write/write-batch.js';
import type { ExposedExemplar, ExposedSample, ExpositionFormat } from './exposition.js';
import { ExpositionReader } from './exposition-reader.js';

export const SEED = { low: 0x1234_5678, high: 0x9abc_def0 };

export interface ReadExemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timeMs: number | null;
}

export interface ReadSample extends ReadExemplar {
  readonly exemplar: ReadExemplar | null;
}

export interface ReadBody {
  readonly samples: readonly ReadSample[];
  readonly families: readonly (readonly [name: string, metadata: MetricMetadata])[];
  /** Each sample's key, as text. */
  readonly keys: readonly string[];
}

const recordOf = (labels: Labels): Record<string, string> => Object.fromEntries(labels.map(({ name, value }) => [name, value]));
const exemplarOf = ({ labels, value, timeMs }: ExposedExemplar): ReadExemplar => ({ labels: recordOf(labels), value, timeMs });
const sampleOf = (sample: ExposedSample): ReadSample => ({
  labels: recordOf(sample.labels()),
  value: sample.value,
  timeMs: sample.timeMs,
  exemplar: sample.exemplar === null ? null : exemplarOf(sample.exemplar),
});

/** All that a body says, with the labels of each sample. Throws what the reader throws. */
export function readBody(body: string | Uint8Array, format: ExpositionFormat, reader = new ExpositionReader({ seed: SEED })): ReadBody {
  const samples: ReadSample[] = [];
  const families: (readonly [string, MetricMetadata])[] = [];
  const keys: string[] = [];
  reader.read(typeof body === 'string' ? new TextEncoder().encode(body) : body, format, {
    sample: (sample) => {
      samples.push(sampleOf(sample));
      keys.push(`${sample.keyHigh}:${sample.keyLow}`);
    },
    family: (name, metadata) => void families.push([name, metadata]),
  });
  return { samples, families, keys };
}
