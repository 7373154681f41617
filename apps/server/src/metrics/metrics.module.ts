import { Global, Inject, Module } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { SERVER_CONFIG } from '../config/config.js';
import { RemoteWriteController } from '../ingest/remote-write.controller.js';
import { SAMPLE_SINK } from './sample-sink.js';
import { PinsStore } from '../storage/metrics/pins.store.js';
import { PG_POOL } from '../storage/open-database.js';
import { METRICS_REGISTRY } from '../telemetry/metrics.js';
import { MetricPinsController } from './metric-pins.controller.js';
import { MetricPins } from './metric-pins.service.js';
import { METRIC_SETTINGS, metricSettings } from './metric-settings.js';
import { MetricStore } from './metric-store.service.js';
import { STORE_METRICS } from './store-metrics.js';

/**
 * Metrics at rest: one thread writes, another reads. Arrows mean "calls":
 *
 *     remote write, scrapes -> MetricStore -> (thread) MetricWriter -> journal, blocks
 */
@Global()
@Module({
  controllers: [RemoteWriteController, MetricPinsController],
  providers: [MetricPins, { provide: PinsStore, inject: [PG_POOL], useFactory: (pool: ConstructorParameters<typeof PinsStore>[0]) => new PinsStore(pool) }, { provide: METRIC_SETTINGS, inject: [SERVER_CONFIG], useFactory: metricSettings }, MetricStore, { provide: SAMPLE_SINK, useExisting: MetricStore }],
  exports: [METRIC_SETTINGS, MetricStore, SAMPLE_SINK],
})
export class MetricsModule {
  constructor(@Inject(METRICS_REGISTRY) registry: Registry) {
    for (const metric of STORE_METRICS) registry.registerMetric(metric);
  }
}
