import { Controller, Get, Header, Param } from '@nestjs/common';
import { z } from 'zod';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { EdgeHistory } from './edge-history.service.js';

@Controller('api/faults')
export class ComparisonController {
  constructor(private readonly history: EdgeHistory) {}

  /** A ComparisonView. */
  @Get(':id/comparison')
  @Require('faults.read')
  @Header('content-type', 'application/json')
  compare(@Param('id', new ZodPipe(z.uuid())) id: string, @CurrentPrincipal() { readScope }: Principal): Promise<Buffer> {
    return this.history.comparison(id, readScope);
  }
}
