import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  createFaultSchema,
  createSelectedSchema,
  listFaultsQuerySchema,
  previewSchema,
  type CreateFault,
  type CreateSelected,
  type FaultGroupView,
  type FaultView,
  type FaultsNowView,
  type PreviewRequest,
  type PreviewView,
} from '#contracts';
import { CurrentPrincipal, actorOf, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { FaultReader } from './fault-reader.service.js';
import { FaultSelection } from './fault-selection.service.js';
import { Faults } from './faults.service.js';
import { FaultsNow } from './faults-now.service.js';

const faultIdSchema = z.uuid();

@Controller('api/faults')
export class FaultsController {
  constructor(
    private readonly faults: Faults,
    private readonly reader: FaultReader,
    private readonly selection: FaultSelection,
    private readonly faultsNow: FaultsNow,
  ) {}

  @Get()
  @Require('faults.read')
  list(@Query(new ZodPipe(listFaultsQuerySchema)) query: z.infer<typeof listFaultsQuerySchema>): Promise<FaultView[]> {
    return this.reader.list(query);
  }

  /** Everything that may act now, from all that can know; needs no database. */
  @Get('now')
  @Require('faults.read')
  now(): FaultsNowView {
    return this.faultsNow.read();
  }

  @Get(':id')
  @Require('faults.read')
  find(@Param('id', new ZodPipe(faultIdSchema)) id: string): Promise<FaultView> {
    return this.reader.find(id);
  }

  @Post()
  @Require('faults.write')
  create(@Body(new ZodPipe(createFaultSchema)) body: CreateFault, @CurrentPrincipal() principal: Principal): Promise<FaultView> {
    return this.faults.create(body, actorOf(principal));
  }

  @Post('preview')
  @HttpCode(200)
  @Require('faults.read')
  preview(@Body(new ZodPipe(previewSchema)) body: PreviewRequest): PreviewView {
    return this.selection.preview(body);
  }

  @Post('selected')
  @Require('faults.write')
  createSelected(@Body(new ZodPipe(createSelectedSchema)) body: CreateSelected, @CurrentPrincipal() principal: Principal): Promise<FaultGroupView> {
    return this.selection.create(body, actorOf(principal));
  }

  @Post(':id/revert')
  @HttpCode(200)
  @Require('faults.write')
  revert(@Param('id', new ZodPipe(faultIdSchema)) id: string, @CurrentPrincipal() principal: Principal): Promise<FaultView> {
    return this.faults.revert(id, actorOf(principal));
  }
}
