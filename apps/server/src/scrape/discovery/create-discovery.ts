import type { HttpClientConfig } from '../config/http-client-config.js';
import type { HttpClient } from '../http/http-client.js';
import type { ScrapeClock } from '../scrape-clock.js';
import type { DiscoveryConfig } from './discovery-config.js';
import type { Discovery } from './discovery.js';
import { DnsFinder } from './dns-finder.js';
import type { DnsLookup } from './dns-finder.js';
import { FileFinder } from './file-finder.js';
import { HttpFinder } from './http-finder.js';
import { PollingDiscovery } from './polling-discovery.js';
import { StaticDiscovery } from './static-discovery.js';

export interface DiscoveryMeans {
  readonly clock: ScrapeClock;
  readonly dns: DnsLookup;
  httpClient(config: HttpClientConfig): HttpClient;
}

export function createDiscovery(config: DiscoveryConfig, { clock, dns, httpClient }: DiscoveryMeans): Discovery {
  switch (config.kind) {
    case 'static':
      return new StaticDiscovery(config.groups);
    case 'file':
      return new PollingDiscovery(new FileFinder(config.patterns), config.refreshMs, clock);
    case 'http':
      return new PollingDiscovery(new HttpFinder(config.url, config.refreshMs, httpClient(config.client)), config.refreshMs, clock);
    case 'dns':
      return new PollingDiscovery(new DnsFinder(config, dns), config.refreshMs, clock);
  }
}
