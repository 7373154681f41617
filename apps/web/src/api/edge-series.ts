import type { EdgeKey, EdgeSeriesView } from '#contracts';
import { request } from './request.js';

/** One point a second of what was recorded about an edge; `toSec` is exclusive. */
export function readEdgeSeries(edge: EdgeKey, fromSec: number, toSec: number): Promise<EdgeSeriesView> {
  const query = new URLSearchParams({ source: edge.source, target: edge.target, protocol: edge.protocol, fromSec: String(fromSec), toSec: String(toSec), stepSec: '1' });
  return request(`/api/edges/series?${query}`);
}
