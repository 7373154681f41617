import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { edgeKeyText } from '#contracts';
import { readEdgeSeries } from '../../api/edge-series.js';
import type { WorldEdge } from '../../model/world.js';
import type { ChartPoint } from '../chart/points.js';
import { mergePoints, pointOfRate, pointOfRecord } from '../chart/points.js';
import { useWorld } from '../world/use-world.js';
import { useLive } from '../world/world-context.js';

export const SHOWN_SEC = 300;

/** The last five minutes of an edge: recorded ones for the time before this page opened, then what the page saw itself. */
export function useEdgePoints(edge: WorldEdge): readonly ChartPoint[] {
  const { source } = useLive();
  const epoch = useWorld((world) => world.epoch);
  // Read once per edge and stream: the stream itself brings every later second.
  const recorded = useQuery({
    queryKey: ['edge-series', epoch, edgeKeyText(edge.key)],
    queryFn: () => readEdgeSeries(edge.key, source.get().throughSec - SHOWN_SEC, source.get().throughSec + 1),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => mergePoints((recorded.data?.points ?? []).map(pointOfRecord), edge.history.map(pointOfRate)), [recorded.data, edge.history]);
}
