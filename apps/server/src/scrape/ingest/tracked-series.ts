import { labelsKey } from '#metrics';
import type { Labels } from '#metrics';
import { nextSeriesKey, type SampledSeries } from '../../metrics/sample-sink.js';

/** A series of one target, from when it is first seen until it has been missing from two scrapes. */
export class TrackedSeries implements SampledSeries {
  readonly key = nextSeriesKey();
  /** Number of the last scrape with a line of it, and of the last one that kept a sample of it. */
  seenIn = 0;
  sampledIn = 0;
  /** Number of the last scrape after which a missing sample means that the series ended. */
  awaitedAfter = 0;

  constructor(readonly labels: Labels) {}
}

/** The series of one target by their labels: however a line spells them, they are one series. */
export class SeriesBook {
  private readonly byLabels = new Map<string, TrackedSeries>();

  get size(): number {
    return this.byLabels.size;
  }

  of(labels: Labels): TrackedSeries {
    const key = labelsKey(labels);
    const known = this.byLabels.get(key);
    if (known !== undefined) return known;
    const series = new TrackedSeries(labels);
    this.byLabels.set(key, series);
    return series;
  }

  forgetUnseenSince(scrape: number): void {
    for (const [key, { seenIn }] of this.byLabels) if (seenIn < scrape) this.byLabels.delete(key);
  }
}
