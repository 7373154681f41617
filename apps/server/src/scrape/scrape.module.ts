import { hostname } from 'node:os';
import { Inject, Logger, Module } from '@nestjs/common';
import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { METRICS_REGISTRY } from '../telemetry/metrics.js';
import { nodeDnsLookup } from './discovery/node-dns-lookup.js';
import { NodeHttpClient } from './http/node-http-client.js';
import { expositionReader } from './ingest/read-exposition.js';
import type { ScrapeWiring } from './loop/scrape-wiring.js';
import { SAMPLE_SINK } from '../metrics/sample-sink.js';
import type { SampleSink } from '../metrics/sample-sink.js';
import { SYSTEM_CLOCK } from './scrape-clock.js';
import { countScrape, SCRAPE_METRICS } from './scrape-metrics.js';
import { ScrapeReload } from './scrape-reload.service.js';
import { ScrapeController } from './scrape.controller.js';
import { SCRAPE_SETTINGS, SCRAPE_WIRING, ScrapeService } from './scrape.service.js';
import type { ScrapeSettings } from './scrape.service.js';

function systemWiring(sink: SampleSink): ScrapeWiring {
  const log = new Logger('Scrape');
  return {
    ...{ sink, clock: SYSTEM_CLOCK, dns: nodeDnsLookup, spreadSeed: hostname() },
    readExposition: expositionReader(),
    httpClient: (config) => new NodeHttpClient(config),
    scraped: countScrape,
    warn: (message) => log.warn(message),
  };
}

/** Collecting metrics by asking for them. `imports`: modules that export SAMPLE_SINK. */
@Module({})
export class ScrapeModule {
  constructor(@Inject(METRICS_REGISTRY) registry: Registry) {
    for (const metric of SCRAPE_METRICS) registry.registerMetric(metric);
  }

  static of(settings: ScrapeSettings, imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: ScrapeModule,
      imports,
      controllers: [ScrapeController],
      providers: [{ provide: SCRAPE_SETTINGS, useValue: settings }, { provide: SCRAPE_WIRING, useFactory: systemWiring, inject: [SAMPLE_SINK] }, ScrapeService, ScrapeReload],
      exports: [ScrapeService],
    };
  }
}
