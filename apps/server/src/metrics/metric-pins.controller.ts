import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { createPinSchema, type CreatePin, type PinView } from '#contracts';
import { CurrentPrincipal, actorOf, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { MetricPins } from './metric-pins.service.js';

@Controller('api/metrics/pins')
export class MetricPinsController {
  constructor(private readonly pins: MetricPins) {}

  @Get()
  @Require('telemetry.read')
  list(): Promise<PinView[]> {
    return this.pins.list();
  }

  @Post()
  @Require('metrics.manage')
  create(@Body(new ZodPipe(createPinSchema)) body: CreatePin, @CurrentPrincipal() principal: Principal): Promise<PinView> {
    return this.pins.create(body, actorOf(principal));
  }

  @Delete(':id')
  @HttpCode(204)
  @Require('metrics.manage')
  remove(@Param('id', new ZodPipe(z.uuid())) id: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    return this.pins.remove(id, actorOf(principal));
  }
}
