import { SAMPLE_KIND } from '#metrics';
import type { Histogram, SampleKind } from '#metrics';
import { OUTCOMES, type EdgeKey, type EdgeSecond, type FlowReport, type Outcome } from '#contracts';
import { nextSeriesKey, type SampleBatch, type SampledSeries } from '../sample-sink.js';
import { EDGE_FAMILIES, OUTCOME_LABEL, OUTCOME_VALUES, edgeLabels } from './edge-metrics.js';
import { histogramOf } from './latency-histogram.js';

/** The series of one edge as one agent reports it. */
export interface EdgeSeriesSet {
  readonly requests: Readonly<Record<Outcome, SampledSeries>>;
  readonly faulted: SampledSeries;
  readonly bytesSent: SampledSeries;
  readonly bytesReceived: SampledSeries;
  readonly connectionsOpened: SampledSeries;
  readonly connectionsActive: SampledSeries;
  readonly latency: SampledSeries;
}

/** A report, and what the edges in it are called. */
export interface FiledReport {
  readonly report: FlowReport;
  /** Of the agent's process. */
  readonly startedAtMs: number;
  /** In the order that the report refers to. */
  readonly edges: readonly EdgeSeriesSet[];
}

const MS_A_SEC = 1_000;

export function edgeSeries(agent: string, edge: EdgeKey): EdgeSeriesSet {
  const one = (metric: Exclude<keyof EdgeSeriesSet, 'requests'>): SampledSeries => ({ key: nextSeriesKey(), labels: edgeLabels(metric, edge, { agent }) });
  const requests = (outcome: Outcome): SampledSeries => ({ key: nextSeriesKey(), labels: edgeLabels('requests', edge, { agent, [OUTCOME_LABEL]: OUTCOME_VALUES[outcome] }) });
  return {
    requests: { ok: requests('ok'), clientError: requests('clientError'), serverError: requests('serverError'), noResponse: requests('noResponse') },
    faulted: one('faulted'),
    bytesSent: one('bytesSent'),
    bytesReceived: one('bytesReceived'),
    connectionsOpened: one('connectionsOpened'),
    connectionsActive: one('connectionsActive'),
    latency: one('latency'),
  };
}

/** Samples of reports, each at the end of its second: a counter's value there is what was counted until then. */
export function samplesOf(reports: readonly FiledReport[]): SampleBatch {
  const batch = new Columns();
  for (const { report, startedAtMs, edges } of reports) {
    batch.at((report.sec + 1) * MS_A_SEC, startedAtMs);
    for (const seen of report.edges) {
      const series = edges[seen.edge];
      if (series !== undefined) addEdge(batch, series, seen);
    }
  }
  return batch.build();
}

function addEdge(batch: Columns, series: EdgeSeriesSet, { totals, connectionsActive, latency }: EdgeSecond): void {
  for (const outcome of OUTCOMES) batch.float(series.requests[outcome], totals.outcomes[outcome]);
  batch.float(series.faulted, totals.faulted);
  batch.float(series.bytesSent, totals.bytesSent);
  batch.float(series.bytesReceived, totals.bytesReceived);
  batch.float(series.connectionsOpened, totals.connectionsOpened);
  batch.float(series.connectionsActive, connectionsActive);
  batch.histogram(series.latency, histogramOf(latency));
}

class Columns {
  private readonly series: SampledSeries[] = [];
  private readonly timesMs: number[] = [];
  private readonly values: number[] = [];
  private readonly kinds: SampleKind[] = [];
  private readonly startsMs: number[] = [];
  private readonly histograms = new Map<number, Histogram>();
  private timeMs = 0;
  private startMs = 0;

  /** Of all samples that follow. */
  at(timeMs: number, startMs: number): void {
    this.timeMs = timeMs;
    this.startMs = startMs;
  }

  float(series: SampledSeries, value: number): void {
    this.push(series, value, SAMPLE_KIND.float);
  }

  histogram(series: SampledSeries, histogram: Histogram): void {
    this.histograms.set(this.series.length, histogram);
    this.push(series, NaN, SAMPLE_KIND.histogram);
  }

  build(): SampleBatch {
    const { series, histograms } = this;
    const columns = { timesMs: Float64Array.from(this.timesMs), values: Float64Array.from(this.values), kinds: Uint8Array.from(this.kinds), startsMs: Float64Array.from(this.startsMs) };
    return { series, ...columns, histograms, exemplars: [], families: EDGE_FAMILIES };
  }

  private push(series: SampledSeries, value: number, kind: SampleKind): void {
    this.series.push(series);
    this.timesMs.push(this.timeMs);
    this.values.push(value);
    this.kinds.push(kind);
    this.startsMs.push(this.startMs);
  }
}
