import { Counter, Gauge, Histogram } from 'prom-client';

export const liveClients = new Gauge({ name: 'faultline_live_clients', help: 'Browsers that watch the live stream now', registers: [] });
export const skippedTicks = new Counter({ name: 'faultline_live_ticks_skipped_total', help: 'Ticks that a client was not sent because it was behind', registers: [] });
export const stuckClients = new Counter({ name: 'faultline_live_clients_stuck_total', help: 'Clients that were disconnected because they did not read for too long', registers: [] });
export const frameBytes = new Histogram({ name: 'faultline_live_tick_bytes', help: 'Encoded size of a tick', buckets: [100, 1_000, 10_000, 100_000, 1_000_000], registers: [] });

/** All of the above; TrafficServerModule adds them to the server's registry. */
export const LIVE_METRICS = [liveClients, skippedTicks, stuckClients, frameBytes];
