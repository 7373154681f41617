import { METRIC_NAME, SAMPLE_KIND } from '#metrics';
import type { Labels } from '#metrics';
import type { SampleSink, SampleBatch } from './sample-sink.js';

/** Keeps batches, and tells of them in text. */
export class MemorySink implements SampleSink {
  readonly batches: SampleBatch[] = [];
  /** Set, every append is rejected with it. */
  failure: Error | null = null;
  private waiting: (() => void)[] = [];

  append(batch: SampleBatch): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.batches.push(batch);
    for (const resolve of this.waiting.splice(0)) resolve();
    return Promise.resolve();
  }

  /** Resolves when there are so many. */
  async has(count: number): Promise<void> {
    while (this.batches.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  get last(): SampleBatch {
    return this.batches.at(-1)!;
  }

  /** Takes the batches so far, one text a sample. */
  take(): string[] {
    return this.batches.splice(0).flatMap(samplesOf);
  }
}

/** `name{label="value"} 1 @15000`, and `stale` for a marker. The scraper's own series of how long it took has no value worth telling. */
export function samplesOf({ series, kinds, values, timesMs }: SampleBatch): string[] {
  return series.map(({ labels }, i) => {
    const name = nameOf(labels);
    const value = kinds[i] === SAMPLE_KIND.stale ? 'stale' : name === 'scrape_duration_seconds' ? 'some' : String(values[i]);
    return `${seriesText(labels)} ${value} @${timesMs[i]}`;
  });
}

/** Without the scraper's own. */
export function exposedOf(batch: SampleBatch): string[] {
  return samplesOf(batch).filter((sample) => !/^(up|scrape_\w+)[{ ]/.test(sample));
}

export function seriesText(labels: Labels): string {
  const rest = labels.filter(({ name }) => name !== METRIC_NAME).map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
  return `${nameOf(labels)}${rest.length === 0 ? '' : `{${rest.join(',')}}`}`;
}

function nameOf(labels: Labels): string {
  return labels.find(({ name }) => name === METRIC_NAME)?.value ?? '';
}
