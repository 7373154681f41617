import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import type { ComparisonView } from '#contracts';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { Comparison } from './comparison.service.js';

@Controller('api/faults')
export class ComparisonController {
  constructor(private readonly comparison: Comparison) {}

  @Get(':id/comparison')
  @Require('faults.read')
  compare(@Param('id', new ZodPipe(z.uuid())) id: string): Promise<ComparisonView> {
    return this.comparison.compare(id);
  }
}
