import { SAMPLE_KIND } from '#metrics';
import type { Histogram, Labels, MetricMetadata, SampleKind } from '#metrics';
import type { SampleBatch, SampledExemplar, SampledSeries } from '../../metrics/sample-sink.js';

/** Collects the columns of one batch. */
export class BatchBuilder {
  private readonly series: SampledSeries[] = [];
  private readonly timesMs: number[] = [];
  private readonly values: number[] = [];
  private readonly kinds: SampleKind[] = [];
  private readonly histograms = new Map<number, Histogram>();
  private readonly exemplars: SampledExemplar[] = [];

  float(series: SampledSeries, timeMs: number, value: number): void {
    this.sample(series, timeMs, value, SAMPLE_KIND.float);
  }

  stale(series: SampledSeries, timeMs: number): void {
    this.sample(series, timeMs, NaN, SAMPLE_KIND.stale);
  }

  exemplar(series: SampledSeries, labels: Labels, value: number, timeMs: number): void {
    this.exemplars.push({ series, labels, value, timeMs });
  }

  build(families: ReadonlyMap<string, MetricMetadata>): SampleBatch {
    const { series, histograms, exemplars } = this;
    return { series, timesMs: Float64Array.from(this.timesMs), values: Float64Array.from(this.values), kinds: Uint8Array.from(this.kinds), startsMs: null, histograms, exemplars, families };
  }

  private sample(series: SampledSeries, timeMs: number, value: number, kind: SampleKind): void {
    this.series.push(series);
    this.timesMs.push(timeMs);
    this.values.push(value);
    this.kinds.push(kind);
  }
}
