import { Counter, Gauge } from 'prom-client';

export const storedSamples = new Counter({ name: 'faultline_metric_samples_total', help: 'Samples of metrics that were committed, repeated ones included', registers: [] });
export const refusedSamples = new Counter<string>({ name: 'faultline_metric_samples_refused_total', help: 'Samples of metrics that were not kept, by reason', labelNames: ['reason'], registers: [] });
export const writtenSeries = new Gauge({ name: 'faultline_metric_series', help: 'Series that are being written', registers: [] });
export const headSamples = new Gauge({ name: 'faultline_metric_head_samples', help: 'Committed samples that are in memory and in no block yet', registers: [] });

/** All of the above; MetricsModule adds them to the server's registry. */
export const STORE_METRICS = [storedSamples, refusedSamples, writtenSeries, headSamples];
