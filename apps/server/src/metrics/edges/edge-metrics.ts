import { METRIC_NAME, labelsFromPairs } from '#metrics';
import type { Labels, MetricMetadata } from '#metrics';
import { OUTCOMES, type EdgeKey, type Outcome } from '#contracts';

/** Names that begin so are taken from agents only: a comparison must not rest on what a target or a sender makes up. */
export const EDGE_METRIC_PREFIX = 'faultline_edge_';

/** What is recorded of every edge, once a second in which somebody has something to say of it. */
export const EDGE_METRICS = {
  requests: 'faultline_edge_requests_total',
  faulted: 'faultline_edge_faulted_requests_total',
  bytesSent: 'faultline_edge_sent_bytes_total',
  bytesReceived: 'faultline_edge_received_bytes_total',
  connectionsOpened: 'faultline_edge_connections_opened_total',
  connectionsActive: 'faultline_edge_connections_active',
  latency: 'faultline_edge_latency_seconds',
} as const;
type EdgeMetric = keyof typeof EDGE_METRICS;

const METADATA: Readonly<Record<EdgeMetric, MetricMetadata>> = {
  requests: { type: 'counter', unit: '', help: 'Requests of the edge by outcome, as its caller saw them' },
  faulted: { type: 'counter', unit: '', help: 'Requests on which a fault acted' },
  bytesSent: { type: 'counter', unit: 'bytes', help: 'Bytes from the caller' },
  bytesReceived: { type: 'counter', unit: 'bytes', help: 'Bytes to the caller' },
  connectionsOpened: { type: 'counter', unit: '', help: 'Connections that were opened' },
  connectionsActive: { type: 'gauge', unit: '', help: 'Connections that are open' },
  latency: { type: 'gaugehistogram', unit: 'seconds', help: 'Latencies of the requests that were answered in one second: add seconds up with sum_over_time' },
};
export const EDGE_FAMILIES: ReadonlyMap<string, MetricMetadata> = new Map((Object.keys(EDGE_METRICS) as EdgeMetric[]).map((metric) => [EDGE_METRICS[metric], METADATA[metric]]));

export const OUTCOME_LABEL = 'outcome';
/** The values of the label `outcome`. */
export const OUTCOME_VALUES: Readonly<Record<Outcome, string>> = { ok: 'ok', clientError: 'client_error', serverError: 'server_error', noResponse: 'no_response' };
export const OUTCOME_OF_VALUE: ReadonlyMap<string, Outcome> = new Map(OUTCOMES.map((outcome) => [OUTCOME_VALUES[outcome], outcome]));

export function edgeLabels(metric: EdgeMetric, { source, target, protocol }: EdgeKey, more: Readonly<Record<string, string>>): Labels {
  return labelsFromPairs(Object.entries({ [METRIC_NAME]: EDGE_METRICS[metric], source, target, protocol, ...more }));
}
