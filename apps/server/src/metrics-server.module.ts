import { Module, type DynamicModule } from '@nestjs/common';
import type { ServerConfig } from './config/config.js';
import { METRIC_SETTINGS, type MetricSettings } from './metrics/metric-settings.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PrometheusModule } from './prometheus/prometheus.module.js';
import { QUERY_DEFAULTS, QUERY_SETTINGS, QUERY_THREAD_ENTRY, type QuerySettings } from './metrics/query-settings.js';
import { TARGETS_READER } from './prometheus/targets-reader.js';
import { OwnTargets } from './scrape/own-targets.service.js';
import { ScrapeModule } from './scrape/scrape.module.js';
import { ServedTargetsController } from './scrape/served-targets.controller.js';
import { ScrapeService } from './scrape/scrape.service.js';
import { ScrapedTargets } from './scrape/scraped-targets.js';

/** The heap of the thread in which queries run, and again its buffers: what one server spares without starving its neighbours. */
const QUERY_MEMORY_MIB = 1_024;

/** Metrics, all of it: collecting, keeping and asking. */
@Module({})
export class MetricsServerModule {
  static of(config: ServerConfig): DynamicModule {
    const { http, metrics } = config;
    const scraping = ScrapeModule.of({ configPath: metrics.scrapeFile, origin: http.origin, port: http.port }, [MetricsModule]);
    const settings = { provide: QUERY_SETTINGS, inject: [METRIC_SETTINGS], useFactory: (given: MetricSettings) => querySettings(config, given) };
    const targets = { provide: TARGETS_READER, inject: [ScrapeService], useFactory: (scrape: ScrapeService) => new ScrapedTargets(scrape) };
    return { module: MetricsServerModule, imports: [MetricsModule, scraping, PrometheusModule.of({ imports: [scraping], providers: [settings, targets] })], controllers: [ServedTargetsController], providers: [OwnTargets] };
  }
}

function querySettings({ metrics }: ServerConfig, { reader }: MetricSettings): QuerySettings {
  const { timeoutMs, engine, maxConcurrent, maxWaiting, stuckAfterMs } = QUERY_DEFAULTS;
  const source = { module: new URL('./metrics/reader/open-metric-source.js', import.meta.url).href, options: reader };
  return { thread: { entry: QUERY_THREAD_ENTRY, source, engine, maxConcurrent, maxWaiting, stuckAfterMs, maxMemoryMib: QUERY_MEMORY_MIB }, timeoutMs, retentionMs: metrics.keepDays * 86_400_000 };
}
