import { Controller, Get, Header, HttpCode, Post, UseFilters } from '@nestjs/common';
import { Require } from '../access/require.decorator.js';
import { MetricQueries } from './metric-queries.service.js';
import { limitOf, lookbackOf, optionalLengthMs, optionalSpan, optionalTimeMs, requiredLengthMs, requiredTimeMs } from './parameters.js';
import { invalidParameter, PrometheusError } from './prometheus-error.js';
import { PrometheusErrorFilter } from './prometheus-error.filter.js';
import { Asked, type PrometheusRequest } from './prometheus-request.js';

const JSON_TYPE = ['content-type', 'application/json'] as const;
// A minute's resolution for a week, an hour's for a year: more than a screen has pixels.
const MAX_POINTS = 11_000;

/** PromQL over HTTP ("Expression queries" in the docs of Prometheus' API). Clients send long queries as forms, so each route takes both methods. */
@Controller('prometheus/api/v1')
@UseFilters(PrometheusErrorFilter)
export class QueryController {
  constructor(private readonly queries: MetricQueries) {}

  @Get('query')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  query(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const limit = limitOf(form);
    const timeMs = optionalTimeMs(form, 'time', Date.now());
    const timeoutMs = optionalLengthMs(form, 'timeout');
    return this.queries.ask({ kind: 'instant', scope, limit, timeMs, lookbackMs: lookbackOf(form), query: form.value('query') }, signal, timeoutMs);
  }

  @Post('query')
  @HttpCode(200)
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  queryByForm(@Asked() request: PrometheusRequest): Promise<Buffer> {
    return this.query(request);
  }

  @Get('query_range')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  queryRange(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const limit = limitOf(form);
    const startMs = requiredTimeMs(form, 'start');
    const endMs = requiredTimeMs(form, 'end');
    if (endMs < startMs) throw invalidParameter('end', 'end timestamp must not be before start time');
    const stepMs = Math.trunc(requiredLengthMs(form, 'step'));
    if (stepMs <= 0) throw invalidParameter('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer');
    if (Math.floor((endMs - startMs) / stepMs) > MAX_POINTS) throw new PrometheusError('bad_data', 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)');
    const timeoutMs = optionalLengthMs(form, 'timeout');
    return this.queries.ask({ kind: 'range', scope, limit, startMs, endMs, stepMs, lookbackMs: lookbackOf(form), query: form.value('query') }, signal, timeoutMs);
  }

  @Post('query_range')
  @HttpCode(200)
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  queryRangeByForm(@Asked() request: PrometheusRequest): Promise<Buffer> {
    return this.queryRange(request);
  }

  @Get('query_exemplars')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  queryExemplars(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const span = optionalSpan(form);
    if (span.toMs < span.fromMs) throw new PrometheusError('bad_data', 'end timestamp must not be before start timestamp');
    return this.queries.ask({ kind: 'exemplars', scope, ...span, query: form.value('query') }, signal);
  }

  @Post('query_exemplars')
  @HttpCode(200)
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  queryExemplarsByForm(@Asked() request: PrometheusRequest): Promise<Buffer> {
    return this.queryExemplars(request);
  }

  @Get('format_query')
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  formatQuery(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    return this.queries.ask({ kind: 'format', scope, query: form.value('query') }, signal);
  }

  @Post('format_query')
  @HttpCode(200)
  @Require('telemetry.read')
  @Header(...JSON_TYPE)
  formatQueryByForm(@Asked() request: PrometheusRequest): Promise<Buffer> {
    return this.formatQuery(request);
  }
}
