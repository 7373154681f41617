import type { ScrapePoolView } from '#contracts';
import { request } from './request.js';

/** Every scrape job, with what it found and cannot use. */
export function readScrapePools(): Promise<ScrapePoolView[]> {
  return request('/api/scrape/pools');
}
