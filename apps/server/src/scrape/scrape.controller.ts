import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { ScrapePoolView } from '#contracts';
import { CurrentPrincipal, actorOf, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ScrapeReload } from './scrape-reload.service.js';
import { ScrapeService } from './scrape.service.js';
import { poolView } from './state/pool-view.js';

/** What scraping is told to do, and what it makes of it. */
@Controller()
export class ScrapeController {
  constructor(
    private readonly scrape: ScrapeService,
    private readonly configuration: ScrapeReload,
  ) {}

  /** What was found but cannot be scraped has no series, so that a read scope could not be held against it: whoever has one sees none. */
  @Get('api/scrape/pools')
  @Require('telemetry.read')
  pools(@CurrentPrincipal() { readScope }: Principal): ScrapePoolView[] {
    return readScope.length > 0 ? [] : this.scrape.pools().map(poolView);
  }

  /** As Prometheus has it ("Management API" in its docs). */
  @Post('prometheus/-/reload')
  @HttpCode(200)
  @Require('metrics.manage')
  async reload(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.configuration.reload(actorOf(principal));
  }
}
