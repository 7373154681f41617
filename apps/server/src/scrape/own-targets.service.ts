import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { OwnToken } from '../access/own-token.js';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { staticJob } from './config/static-job.js';
import { ScrapeService } from './scrape.service.js';
import { Secret } from './secret.js';

const INTERVAL_MS = 15_000;
const EVERY_ADDRESS = ['0.0.0.0', '::', ''];

/** This server observes itself as it does any other: what it says at `/metrics` is in its own store. */
@Injectable()
export class OwnTargets implements OnApplicationBootstrap {
  constructor(
    @Inject(SERVER_CONFIG) private readonly config: ServerConfig,
    private readonly token: OwnToken,
    private readonly scrape: ScrapeService,
  ) {}

  onApplicationBootstrap(): void {
    const { host, port } = this.config.http;
    const reached = EVERY_ADDRESS.includes(host) ? '127.0.0.1' : host;
    const target = reached.includes(':') ? `[${reached}]:${port}` : `${reached}:${port}`;
    this.scrape.setStaticJobs([staticJob({ name: 'faultline-server', targets: [target], intervalMs: INTERVAL_MS, metricsPath: '/metrics', bearerToken: new Secret(this.token.secret), labels: new Map() })]);
  }
}
