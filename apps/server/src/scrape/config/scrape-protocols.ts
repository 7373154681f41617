import { z } from 'zod';
import { fail, text } from './config-fields.js';

/** Forms of exposition that can be asked for, by their names in the configuration; the first is liked best where nothing is said. */
export const SCRAPE_PROTOCOLS = ['OpenMetricsText1.0.0', 'OpenMetricsText0.0.1', 'PrometheusText1.0.0', 'PrometheusText0.0.4'] as const;
export type ScrapeProtocol = (typeof SCRAPE_PROTOCOLS)[number];

/** How a target is asked to write names that hold more than letters, digits, underscores and colons. */
const NAME_ESCAPINGS = ['allow-utf-8', 'underscores', 'dots', 'values'] as const;
export type NameEscaping = (typeof NAME_ESCAPINGS)[number];

export const scrapeProtocol = text.transform((name, context): ScrapeProtocol => {
  if (name === 'PrometheusProto') return fail(context, 'is not supported: PrometheusProto is not read; text and OpenMetrics carry all but native histograms, which come by remote write');
  return SCRAPE_PROTOCOLS.find((known) => known === name) ?? fail(context, `must be one of ${SCRAPE_PROTOCOLS.join(', ')}`);
});
export const scrapeProtocols = z
  .array(scrapeProtocol)
  .min(1, 'names at least one protocol')
  .refine((names) => new Set(names).size === names.length, 'names a protocol twice');

export const nameEscaping = text.transform((name, context): NameEscaping => NAME_ESCAPINGS.find((known) => known === name) ?? fail(context, `must be one of ${NAME_ESCAPINGS.join(', ')}`));
export const legacyNames = text.transform((name, context): boolean => {
  if (name === 'utf8' || name === 'legacy') return name === 'legacy';
  return fail(context, 'must be utf8 or legacy');
});
