import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { edgeSeriesQuerySchema, type EdgeSeriesView, type Topology } from '#contracts';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { KnownTopology } from '../state/known-topology.service.js';
import { EdgeSeries } from './edge-series.service.js';

@Controller('api')
export class TopologyController {
  constructor(
    private readonly topology: KnownTopology,
    private readonly series: EdgeSeries,
  ) {}

  @Get('topology')
  @Require('live.read')
  read(): Topology {
    return this.topology.current;
  }

  @Get('edges/series')
  @Require('live.read')
  readSeries(@Query(new ZodPipe(edgeSeriesQuerySchema)) query: z.infer<typeof edgeSeriesQuerySchema>): Promise<EdgeSeriesView> {
    return this.series.read(query);
  }
}
