import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { AuditService } from '../audit/audit.service.js';
import { ScrapeConfigError } from './config/config-problem.js';
import { SCRAPE_SETTINGS, ScrapeService, type ScrapeSettings } from './scrape.service.js';

/** Reads the scrape configuration again when somebody asks for it. */
@Injectable()
export class ScrapeReload {
  constructor(
    private readonly scrape: ScrapeService,
    private readonly audit: AuditService,
    @Inject(SCRAPE_SETTINGS) private readonly settings: ScrapeSettings,
  ) {}

  /** Throws SCRAPE_CONFIG_INVALID, and all goes on as before, when the file is not valid. */
  async reload(actor: string): Promise<void> {
    const subject = this.settings.configPath ?? 'no file';
    await this.audit.record({ actor, action: 'scrape.reload', subject, outcome: 'done', details: {} });
    try {
      await this.scrape.reload();
    } catch (error) {
      if (!(error instanceof ScrapeConfigError)) throw error;
      await this.audit.record({ actor, action: 'scrape.reload', subject, outcome: 'failed', details: { problem: error.message } });
      throw new AppError('SCRAPE_CONFIG_INVALID', { problem: error.message }, { cause: error });
    }
  }
}
