/** Queries that mean the same to every version of Prometheus; each finds something. Windows are of whole seconds. */
export const QUERIES: readonly string[] = [
  // Selectors and matchers
  'node_load1{job="node"}',
  'up{job=~"node|prometheus"}',
  'node_cpu_seconds_total{job="node",mode!="idle"}',
  'node_cpu_seconds_total{job="node",mode!~"idle|iowait|s.*"}',
  '{__name__=~"node_memory_(Mem|Swap).*_bytes",job="node"}',
  '{job="prometheus",__name__=~"prometheus_target_.*",quantile=""}',
  'scrape_samples_scraped{job=~"node|prometheus"}',
  // Moments before, after and fixed
  'node_load1{job="node"} offset 10s',
  'node_memory_MemFree_bytes{job="node"} offset -5s',
  'rate(node_context_switches_total{job="node"}[10s] offset 7s)',
  'node_memory_MemFree_bytes{job="node"} - node_memory_MemFree_bytes{job="node"} @ start()',
  'increase(node_intr_total{job="node"}[20s] @ end())',
  // Counters
  'rate(node_cpu_seconds_total{job="node"}[10s])',
  'irate(node_cpu_seconds_total{job="node",mode="idle"}[10s])',
  'increase(node_context_switches_total{job="node"}[15s])',
  'rate({__name__=~"prometheus_remote_storage_samples_(in_)?total",job="prometheus"}[12s])',
  'resets(process_cpu_seconds_total{job=~"node|prometheus"}[25s])',
  // Over a window
  'avg_over_time(node_load1{job="node"}[15s])',
  'min_over_time(node_memory_MemAvailable_bytes{job="node"}[10s])',
  'max_over_time(go_goroutines{job="prometheus"}[20s])',
  'sum_over_time(scrape_duration_seconds{job=~"node|prometheus"}[10s])',
  'count_over_time(node_cpu_seconds_total{job="node"}[30s])',
  'count_over_time(prometheus_http_request_duration_seconds_bucket{job="prometheus"}[30s])',
  'stddev_over_time(scrape_duration_seconds{job=~"node|prometheus"}[20s])',
  'stdvar_over_time(go_memstats_alloc_bytes{job="prometheus"}[20s])',
  'quantile_over_time(0.9, scrape_duration_seconds{job=~"node|prometheus"}[20s])',
  'last_over_time(node_load1{job="node"}[5s])',
  'present_over_time(node_uname_info{job="node"}[5s])',
  'changes(node_memory_MemFree_bytes{job="node"}[20s])',
  'delta(go_memstats_heap_objects{job="prometheus"}[20s])',
  'idelta(node_memory_MemFree_bytes{job="node"}[10s])',
  'deriv(node_memory_MemAvailable_bytes{job="node"}[20s])',
  'predict_linear(node_memory_MemAvailable_bytes{job="node"}[20s], 60)',
  'absent_over_time(nothing_of_that_name{job="node"}[10s])',
  // Aggregations
  'sum by (mode) (rate(node_cpu_seconds_total{job="node"}[15s]))',
  'sum without (cpu, mode) (node_cpu_seconds_total{job="node"})',
  'avg by (mode) (node_cpu_seconds_total{job="node"})',
  'min(node_filesystem_avail_bytes{job="node"})',
  'max by (job) (scrape_duration_seconds{job=~"node|prometheus"})',
  'count by (job, __name__) ({job="prometheus",__name__=~"prometheus_http_.*"})',
  'stddev(rate(node_cpu_seconds_total{job="node"}[20s]))',
  'stdvar by (mode) (node_cpu_seconds_total{job="node"})',
  'quantile(0.75, rate(node_cpu_seconds_total{job="node"}[20s]))',
  'group by (mode) (node_cpu_seconds_total{job="node"})',
  'count_values("value", up{job=~"node|prometheus"})',
  'topk(2, {__name__=~"node_memory_(MemTotal|MemFree|MemAvailable|Cached|Slab)_bytes",job="node"})',
  'bottomk(2, {__name__=~"node_memory_(MemTotal|MemFree|MemAvailable|Cached|Slab)_bytes",job="node"})',
  // Operators and matching
  '1 - avg by (instance) (rate(node_cpu_seconds_total{job="node",mode="idle"}[15s]))',
  'node_filesystem_avail_bytes{job="node"} / node_filesystem_size_bytes{job="node"}',
  'node_load1{job="node"} * on (instance) group_left (nodename) node_uname_info{job="node"}',
  'sum by (instance, mode) (rate(node_cpu_seconds_total{job="node"}[10s])) / ignoring (mode) group_left sum by (instance) (rate(node_cpu_seconds_total{job="node"}[10s]))',
  'node_memory_MemAvailable_bytes{job="node"} > bool 1e9',
  'node_cpu_seconds_total{job="node"} > 1',
  'node_cpu_seconds_total{job="node"} and on (cpu) node_cpu_seconds_total{job="node",mode="user"} >= 0',
  'node_load1{job="node"} or node_load5{job="node"} or up{job="prometheus"}',
  'node_cpu_seconds_total{job="node"} unless node_cpu_seconds_total{job="node",mode=~"idle|user"}',
  '(node_forks_total{job="node"} % 1000) ^ 2',
  'sum(node_load1{job="node"}) atan2 sum(node_load5{job="node"})',
  '-node_load15{job="node"} + 2 * 3',
  // Functions of a moment
  'time() - node_boot_time_seconds{job="node"}',
  'timestamp(node_load1{job="node"})',
  'scalar(node_load1{job="node"}) + vector(1)',
  'absent(nothing_of_that_name{job="node",mode=~"a|b"})',
  'round(node_load1{job="node"}, 0.05) + ceil(node_load5{job="node"}) + floor(node_load15{job="node"})',
  'ln(node_memory_MemTotal_bytes{job="node"}) + log2(node_memory_MemTotal_bytes{job="node"}) + log10(node_memory_MemTotal_bytes{job="node"})',
  'exp(node_load1{job="node"}) + sqrt(abs(node_load5{job="node"})) + sgn(node_load15{job="node"})',
  'clamp(node_cpu_seconds_total{job="node"}, 1, 1000) + clamp_min(node_cpu_seconds_total{job="node"}, 5) - clamp_max(node_cpu_seconds_total{job="node"}, 7)',
  'sin(node_load1{job="node"}) + cosh(node_load5{job="node"}) + deg(node_load15{job="node"}) + pi()',
  'minute(node_time_seconds{job="node"}) + 100 * hour(node_time_seconds{job="node"}) + 10000 * day_of_week(node_time_seconds{job="node"}) + 100000 * day_of_year(node_time_seconds{job="node"})',
  'label_replace(node_cpu_seconds_total{job="node"}, "core", "core-$1", "cpu", "(.*)")',
  'label_join(node_cpu_seconds_total{job="node"}, "place", "/", "instance", "cpu", "missing")',
  // Histograms and summaries
  'histogram_quantile(0.9, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket{job="prometheus",handler="/metrics"}[20s])))',
  'histogram_quantile(0.5, rate(prometheus_remote_storage_sent_batch_duration_seconds_bucket{job="prometheus"}[20s]))',
  'histogram_quantile(0.99, sum by (le, handler) (increase(prometheus_http_response_size_bytes_bucket{job="prometheus"}[30s])))',
  'rate(prometheus_http_request_duration_seconds_sum{job="prometheus"}[20s]) / rate(prometheus_http_request_duration_seconds_count{job="prometheus"}[20s])',
  'prometheus_target_interval_length_seconds{job="prometheus",quantile=~"0.5|0.9.*"}',
];

/**
 * Subqueries evaluate what is within them at multiples of their step, which are whole seconds here, and not at the moments of the query. `clearMs`, from 1 to 1000: how much longer
 * than whole seconds a window must be that ends there, to begin between samples.
 */
export function subqueries(clearMs: number): readonly string[] {
  return [
    `max_over_time(rate(node_context_switches_total{job="node"}[10s${clearMs}ms])[20s:2s])`,
    `avg_over_time(sum by (mode) (rate(node_cpu_seconds_total{job="node"}[5s${clearMs}ms]))[15s:3s] offset 5s)`,
    'deriv(sum(node_memory_MemFree_bytes{job="node"})[20s:1s])',
    'sum_over_time((node_load1{job="node"} > 0)[10s:1s])',
    `quantile_over_time(0.5, max_over_time(go_goroutines{job="prometheus"}[5s${clearMs}ms])[20s:5s])`,
    'rate(sum(node_intr_total{job="node"})[20s:1s])',
  ];
}

/** What is not asked because both answers may be right. */
export const LEFT_OUT: readonly { readonly what: string; readonly why: string }[] = [
  { what: 'windows that begin on a sample', why: 'up to Prometheus 2 they include it, since 3 they do not: all moments lie between samples instead' },
  { what: 'atan2 with metric names', why: 'up to 2 the name stays, since 3 it does not' },
  { what: 'holt_winters', why: 'renamed and made experimental in 3' },
  { what: 'subqueries without a step', why: 'the step is a setting of each server' },
  { what: 'sort, sort_desc', why: 'the order of a range query is that of the labels' },
  { what: 'topk and bottomk of equal values', why: 'which of them stay is anybody\'s choice' },
  { what: 'native histograms', why: 'what Prometheus 2.42 has of them came before the format was settled' },
];
