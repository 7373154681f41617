import { Controller, Get, Header, Query } from '@nestjs/common';
import type { z } from 'zod';
import { edgeSeriesQuerySchema, type Topology } from '#contracts';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { KnownTopology } from '../state/known-topology.service.js';
import { EdgeHistory } from './edge-history.service.js';

@Controller('api')
export class TopologyController {
  constructor(
    private readonly topology: KnownTopology,
    private readonly history: EdgeHistory,
  ) {}

  @Get('topology')
  @Require('live.read')
  read(): Topology {
    return this.topology.current;
  }

  /** An EdgeSeriesView. */
  @Get('edges/series')
  @Require('live.read')
  @Header('content-type', 'application/json')
  readSeries(@Query(new ZodPipe(edgeSeriesQuerySchema)) query: z.infer<typeof edgeSeriesQuerySchema>, @CurrentPrincipal() { readScope }: Principal): Promise<Buffer> {
    return this.history.series(query, readScope);
  }
}
