import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AppError, edgeLabel, type EdgePoint, type EdgeSeriesView, type edgeSeriesQuerySchema } from '#contracts';
import { EdgeSecondsStore } from '../storage/edge-seconds.store.js';
import { TopologyStore } from '../storage/topology.store.js';
import { foldPoints } from './fold-points.js';

// One read holds at most this many rows of about 150 bytes, however long the asked time is.
const SECONDS_A_READ = 10_000;

/** The recorded past of one edge. */
@Injectable()
export class EdgeSeries {
  constructor(
    private readonly topology: TopologyStore,
    private readonly edgeSeconds: EdgeSecondsStore,
  ) {}

  /** Throws TARGET_UNKNOWN for an edge that no agent ever described. */
  async read(query: z.infer<typeof edgeSeriesQuerySchema>): Promise<EdgeSeriesView> {
    const { source, target, protocol, fromSec, toSec, stepSec } = query;
    const edge = { source, target, protocol };
    const [edgeId] = await this.topology.findEdges([edge]);
    if (edgeId == null) throw new AppError('TARGET_UNKNOWN', { target: edgeLabel(edge) });
    const points: EdgePoint[] = [];
    // Whole steps a read, so that no step is cut in two.
    const sliceSec = Math.max(1, Math.floor(SECONDS_A_READ / stepSec)) * stepSec;
    for (let sliceFrom = fromSec; sliceFrom < toSec; sliceFrom += sliceSec) {
      const rows = await this.edgeSeconds.read({ edgeIds: [edgeId], fromSec: sliceFrom, toSec: Math.min(sliceFrom + sliceSec, toSec) });
      for (const point of foldPoints(rows, { fromSec: sliceFrom, stepSec })) points.push(point);
    }
    return { edge, stepSec, points };
  }
}
