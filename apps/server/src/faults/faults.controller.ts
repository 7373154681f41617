import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { createFaultSchema, listFaultsQuerySchema, type CreateFault, type FaultView } from '#contracts';
import { CurrentPrincipal, actorOf, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { FaultReader } from './fault-reader.service.js';
import { Faults } from './faults.service.js';

const faultIdSchema = z.uuid();

@Controller('api/faults')
export class FaultsController {
  constructor(
    private readonly faults: Faults,
    private readonly reader: FaultReader,
  ) {}

  @Get()
  @Require('faults.read')
  list(@Query(new ZodPipe(listFaultsQuerySchema)) query: z.infer<typeof listFaultsQuerySchema>): Promise<FaultView[]> {
    return this.reader.list(query);
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

  @Post(':id/revert')
  @HttpCode(200)
  @Require('faults.write')
  revert(@Param('id', new ZodPipe(faultIdSchema)) id: string, @CurrentPrincipal() principal: Principal): Promise<FaultView> {
    return this.faults.revert(id, actorOf(principal));
  }
}
