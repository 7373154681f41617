/** A question as a dashboard asks it: at one moment, or over the last `rangeSec` in steps of `stepSec`. */
export interface DashboardQuery {
  readonly name: string;
  readonly query: string;
  readonly range: { readonly rangeSec: number; readonly stepSec: number } | null;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Twenty of them, about the series of ServiceMix. */
export const DASHBOARD_QUERIES: readonly DashboardQuery[] = [
  now('which are up', 'up'),
  now('requests by service', 'sum by (service) (rate(http_requests_total[5m]))'),
  now('busiest routes', 'topk(5, sum by (service, route) (rate(http_requests_total[5m])))'),
  now('p99 by service', 'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))'),
  now('most memory of a day', 'max_over_time(process_resident_memory_bytes[1d])'),
  now('series of the job', 'count by (__name__) ({job="shop"})'),
  now('mean of a week', 'avg_over_time(process_resident_memory_bytes{service=~"ca.*"}[7d])'),
  now('peak by subquery', 'max_over_time(sum(rate(http_requests_total{service="cart"}[5m]))[1d:5m])'),
  now('requests of a day', 'sum by (service) (increase(http_requests_total{code=~"2..|4.."}[1d]))'),
  now('who is missing', 'absent(up{instance="10.0.0.99:9090"})'),
  now('queues a day ago', 'quantile by (service) (0.9, queue_depth{shard=~"0|1"} offset 1d)'),
  over(HOUR, 15, 'requests by service', 'sum by (service) (rate(http_requests_total[2m]))'),
  over(HOUR, 15, 'p95', 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'),
  over(6 * HOUR, 30, 'memory of each instance', 'process_resident_memory_bytes{instance=~"10[.]0[.]0[.].+"}'),
  over(6 * HOUR, 60, 'error ratio', 'sum by (service) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m]))'),
  over(6 * HOUR, 60, 'processor time by team', 'sum by (team) (label_replace(rate(process_cpu_seconds_total[5m]), "team", "$1", "service", "(..).*"))'),
  over(DAY, 120, 'the busiest now, over the day', 'rate(http_requests_total{route!="/health"}[5m]) and topk(5, rate(http_requests_total{route!="/health"}[1h] @ end()))'),
  over(DAY, 300, 'p99 by service', 'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket[10m])))'),
  over(WEEK, 600, 'requests', 'sum(rate(http_requests_total[20m]))'),
  over(WEEK, 600, 'longest queues', 'max by (service) (max_over_time(queue_depth[1h]))'),
];

function now(name: string, query: string): DashboardQuery {
  return { name, query, range: null };
}

function over(rangeSec: number, stepSec: number, name: string, query: string): DashboardQuery {
  return { name, query, range: { rangeSec, stepSec } };
}
