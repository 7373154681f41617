import { Controller, Get, Header, HttpCode, Param, Post, UseFilters } from '@nestjs/common';
import { Require } from '../access/require.decorator.js';
import { labelNameParameter } from './label-name-parameter.js';
import { MetricQueries } from './metric-queries.service.js';
import { limitOf, optionalNumber, optionalSpan } from './parameters.js';
import { PrometheusError } from './prometheus-error.js';
import { PrometheusErrorFilter } from './prometheus-error.filter.js';
import { Asked, type PrometheusRequest } from './prometheus-request.js';

const JSON_TYPE = ['content-type', 'application/json'] as const;

/** What series and labels there are ("Querying metadata" in the docs of Prometheus' API). */
@Controller('prometheus/api/v1')
@UseFilters(PrometheusErrorFilter)
export class SeriesController {
  constructor(private readonly queries: MetricQueries) {}

  @Get('series')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  series(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const match = form.values('match[]');
    if (match.length === 0) throw new PrometheusError('bad_data', 'no match[] parameter provided');
    const limit = limitOf(form);
    return this.queries.ask({ kind: 'series', scope, match, limit, ...optionalSpan(form) }, signal);
  }

  @Post('series')
  @HttpCode(200)
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  seriesByForm(@Asked() request: PrometheusRequest): Promise<Buffer> {
    return this.series(request);
  }

  @Get('labels')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  labels(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const limit = limitOf(form);
    return this.queries.ask({ kind: 'labels', scope, match: form.values('match[]'), limit, ...optionalSpan(form) }, signal);
  }

  @Post('labels')
  @HttpCode(200)
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  labelsByForm(@Asked() request: PrometheusRequest): Promise<Buffer> {
    return this.labels(request);
  }

  @Get('label/:name/values')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  labelValues(@Param('name') text: string, @Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const name = labelNameParameter(text);
    const limit = limitOf(form);
    return this.queries.ask({ kind: 'labelValues', scope, name, match: form.values('match[]'), limit, ...optionalSpan(form) }, signal);
  }

  @Get('metadata')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  metadata(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const limit = optionalNumber(form, 'limit', 'limit must be a number') ?? -1;
    // There is one of each metric, so any limit per metric is met.
    optionalNumber(form, 'limit_per_metric', 'limit_per_metric must be a number');
    return this.queries.ask({ kind: 'metadata', scope, metric: form.value('metric'), limit }, signal);
  }
}
