import { Controller, Get } from '@nestjs/common';
import { Require } from '../access/require.decorator.js';
import { ScrapeService } from './scrape.service.js';
import type { ServedGroup } from './state/served-targets.js';

/** What is scraped here as Prometheus' HTTP service discovery (Prometheus docs, "Writing HTTP service discovery"): another Prometheus can scrape the same. */
@Controller('prometheus/sd')
export class ServedTargetsController {
  constructor(private readonly scrape: ScrapeService) {}

  @Get()
  @Require('telemetry.read')
  targets(): readonly ServedGroup[] {
    return this.scrape.servedTargets();
  }
}
