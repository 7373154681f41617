import { z } from 'zod';
import { relabelRuleSchema } from '#metrics';
import { bool, byteSize, count, durationMs, orElse, positiveDurationMs, refused, refusedWhenOn, text } from './config-fields.js';
import { discoveryFields, labelMap } from './discovery-schema.js';
import { checkOneAuthentication, httpClientFields } from './http-client-schema.js';
import { legacyNames, nameEscaping, scrapeProtocol, scrapeProtocols } from './scrape-protocols.js';

const NO_NATIVE = 'text exposition carries no native histograms; send them by remote write';
const NO_CONVERSION = 'classic histograms are kept as they are';
const FAILURES_SHOWN = 'the last failure of each target stands on the targets page, and the counts of all in the server\'s own metrics';

/** What both `global` and a scrape configuration say; null is "not said here". */
const SHARED = {
  scrape_interval: orElse(positiveDurationMs, null),
  scrape_timeout: orElse(positiveDurationMs, null),
  scrape_protocols: orElse(scrapeProtocols, null),
  body_size_limit: orElse(byteSize, 0),
  sample_limit: orElse(count, 0),
  label_limit: orElse(count, 0),
  label_name_length_limit: orElse(count, 0),
  label_value_length_limit: orElse(count, 0),
  target_limit: orElse(count, 0),
  keep_dropped_targets: orElse(count, 0),
  metric_name_validation_scheme: orElse(legacyNames, null),
  metric_name_escaping_scheme: orElse(nameEscaping, null),
  extra_scrape_metrics: orElse(bool, null),
  scrape_failure_log_file: refused(FAILURES_SHOWN),
  scrape_native_histograms: refusedWhenOn(NO_NATIVE),
  convert_classic_histograms_to_nhcb: refusedWhenOn(NO_CONVERSION),
  // They always are, as nothing replaces them.
  always_scrape_classic_histograms: orElse(bool, true),
};

export const globalSchema = z.strictObject({
  ...SHARED,
  evaluation_interval: orElse(durationMs, null),
  rule_query_offset: orElse(durationMs, null),
  query_log_file: orElse(text, null),
  external_labels: orElse(labelMap, null),
});

// Numbers come as texts here, and the rule's own schema wants one.
const relabelRule = z.preprocess((rule) => {
  if (typeof rule !== 'object' || rule === null || !('modulus' in rule)) return rule;
  return { ...rule, modulus: count.safeParse(rule.modulus).data ?? rule.modulus };
}, relabelRuleSchema);

/** One entry of `scrape_configs`. Relative files are sought in `directory`. */
export function scrapeJobSchema(directory: string) {
  return z
    .strictObject({
      job_name: text.min(1, 'must not be empty'),
      ...SHARED,
      ...httpClientFields(directory),
      ...discoveryFields(directory),
      scheme: orElse(z.enum(['http', 'https'], 'must be http or https'), 'http' as const),
      metrics_path: orElse(text, '/metrics'),
      params: orElse(z.record(text, z.array(text)), {}),
      honor_labels: orElse(bool, false),
      honor_timestamps: orElse(bool, true),
      track_timestamps_staleness: orElse(bool, false),
      enable_compression: orElse(bool, true),
      fallback_scrape_protocol: orElse(scrapeProtocol, null),
      native_histogram_bucket_limit: refused(NO_NATIVE),
      native_histogram_min_bucket_factor: refused(NO_NATIVE),
      relabel_configs: orElse(z.array(relabelRule), []),
      metric_relabel_configs: orElse(z.array(relabelRule), []),
    })
    .superRefine(checkOneAuthentication);
}

/** A file that `scrape_config_files` names. */
export function scrapeFileSchema(directory: string) {
  return z.strictObject({ scrape_configs: orElse(z.array(scrapeJobSchema(directory)), []) });
}

// What the sections say is not for scraping: a file is used as it is, and told what of it has no effect.
const section = z.unknown().optional();
export const OTHER_SECTIONS = ['runtime', 'rule_files', 'alerting', 'remote_write', 'remote_read', 'otlp', 'storage', 'tracing'] as const;

export function configSchema(directory: string) {
  return scrapeFileSchema(directory).extend({
    global: orElse(globalSchema, globalSchema.parse({})),
    scrape_config_files: orElse(z.array(text), []),
    ...(Object.fromEntries(OTHER_SECTIONS.map((name) => [name, section])) as Record<(typeof OTHER_SECTIONS)[number], typeof section>),
  });
}

export type GlobalOptions = z.output<typeof globalSchema>;
export type JobOptions = z.output<ReturnType<typeof scrapeJobSchema>>;
