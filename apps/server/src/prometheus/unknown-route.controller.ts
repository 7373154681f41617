import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedIn } from '../access/require.decorator.js';
import { PrometheusError } from './prometheus-error.js';
import { PrometheusErrorFilter } from './prometheus-error.filter.js';
import { quoted } from './time-parameter.js';

/** Routes that Prometheus does not let anyone post to. A client that did, such as Grafana, tries again with GET when it reads 405. */
const GET_ONLY = /^\/prometheus\/api\/v1\/(?:label\/[^/]+\/values|metadata|rules|alerts|alertmanagers|scrape_pools|targets|targets\/metadata|status\/[a-z]+)$/;

/** What is not there: without this the pages' own route would answer with a page, which a client would take for an answer. */
@Controller('prometheus')
@UseFilters(PrometheusErrorFilter)
export class UnknownRouteController {
  @Get('*')
  @SignedIn()
  get(@Req() request: FastifyRequest): never {
    throw notFound(request);
  }

  @Post('*')
  @SignedIn()
  post(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): never {
    if (!GET_ONLY.test(pathOf(request))) throw notFound(request);
    void reply.header('allow', 'GET');
    throw new PrometheusError('method_not_allowed', 'method not allowed: use GET');
  }
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

function notFound(request: FastifyRequest): PrometheusError {
  return new PrometheusError('not_found', `there is no route ${request.method} ${quoted(pathOf(request))}`);
}
