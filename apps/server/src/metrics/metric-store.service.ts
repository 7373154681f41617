import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Labels } from '#metrics';
import type { SampleSink, SampleBatch, SampledSeries } from './sample-sink.js';
import { METRIC_SETTINGS, type MetricSettings } from './metric-settings.js';
import { headSamples, refusedSamples, storedSamples, writtenSeries } from './store-metrics.js';
import { WriteFailedError } from './write-failed.js';
import { WriterLink } from './writer-link.js';
import type { WireBatch } from './writer/wire-batch.js';
import type { WriteOutcome } from './writer/metric-writer.js';
import type { WriterCounts, WriterState } from './writer/writer-messages.js';

/** Where samples go, from anywhere: they are with the database when a promise resolves. */
@Injectable()
export class MetricStore implements SampleSink, OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('Metric store');
  private link: WriterLink | null = null;
  private current: WriterState = 'starting';
  // Keys whose labels the thread has been told.
  private told = new WeakSet<SampledSeries>();
  private counted: WriterCounts | null = null;

  constructor(@Inject(METRIC_SETTINGS) private readonly settings: MetricSettings) {}

  get state(): WriterState {
    return this.current;
  }

  /** New series that were refused because there are too many, by metric. */
  get refusedByMetric(): ReadonlyMap<string, number> {
    return this.counted?.refusedByMetric ?? new Map();
  }

  onModuleInit(): void {
    this.link = new WriterLink(this.settings.writer, {
      state: (state, why) => this.changed(state, why),
      counts: (counts) => this.count(counts),
      log: (level, message) => this.log[level](message),
      restarted: () => {
        this.told = new WeakSet();
        this.counted = null;
      },
    });
  }

  // After everything that still writes on its way out has ended.
  async onApplicationShutdown(): Promise<void> {
    await this.link?.stop();
  }

  /** A body of remote write, which is handed over. Rejects with WriteFailedError. */
  write(version: 1 | 2, body: Uint8Array<ArrayBuffer>): Promise<WriteOutcome> {
    return this.open().write(version, body);
  }

  append(batch: SampleBatch): Promise<void> {
    return this.sendTold(batch, false);
  }

  /** The same for what Faultline's own agents report, for which no limit on series holds. */
  appendOwn(batch: SampleBatch): Promise<void> {
    return this.sendTold(batch, true);
  }

  private async sendTold(batch: SampleBatch, own: boolean): Promise<void> {
    try {
      await this.send(batch, own, (series) => !this.told.has(series));
    } catch (error) {
      if (!(error instanceof WriteFailedError) || error.failure !== 'unknown-keys') throw error;
      await this.send(batch, own, () => true);
    }
  }

  private async send(batch: SampleBatch, own: boolean, isNew: (series: SampledSeries) => boolean): Promise<void> {
    const everySeries = [...batch.series, ...batch.exemplars.map(({ series }) => series)];
    const introduced = new Map<number, Labels>(everySeries.filter(isNew).map(({ key, labels }) => [key, labels]));
    const { timesMs, values, kinds, startsMs, histograms, families } = batch;
    const exemplars = batch.exemplars.map(({ series, labels, value, timeMs }) => ({ key: series.key, labels, value, timeMs }));
    const wire: WireBatch = { own, keys: Float64Array.from(batch.series, ({ key }) => key), timesMs, values, kinds, startsMs, histograms, introduced, exemplars, families };
    await this.open().append(wire);
    for (const series of everySeries) this.told.add(series);
  }

  private open(): WriterLink {
    if (this.link === null) throw new WriteFailedError('overloaded', 'The metric store is not open yet.');
    return this.link;
  }

  private changed(state: WriterState, why: string | null): void {
    if (state === this.current && why === null) return;
    this.current = state;
    if (why === null) this.log.log(`Now ${state}`);
    else this.log.warn(`Now ${state}: ${why}`);
  }

  private count(now: WriterCounts): void {
    const before = this.counted;
    this.counted = now;
    storedSamples.inc(now.samples - (before?.samples ?? 0));
    writtenSeries.set(now.series);
    headSamples.set(now.headSamples);
    for (const [reason, count] of Object.entries(now.refused)) refusedSamples.inc({ reason }, count - (before?.refused[reason] ?? 0));
  }
}
