import fastifyStatic from '@fastify/static';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { AppError } from '#contracts';
import { registeredRoutes, refuseUncataloguedRoutes } from './access/registered-routes.js';
import { RouteCatalog } from './access/route-catalog.js';
import { AppModule } from './app.module.js';
import type { ServerConfig } from './config/config.js';
import { errorBody } from './errors/error.filter.js';
import { prepareDatabase } from './storage/prepare-database.js';
import { METRICS_REGISTRY, createHttpRequestCounter } from './telemetry/metrics.js';
import { PinoLogger } from './telemetry/pino-logger.js';
import { SECURITY_HEADERS } from './web/security-headers.js';

// Every body here is a small JSON document; flow reports come over the agent channel.
const BODY_LIMIT_BYTES = 1_048_576;
// Compressed. Prometheus sends tens of kilobytes at a time, collectors some megabytes.
// A label's name may stand in an address.
const MAX_PARAMETER_CHARS = 2_048;
const REMOTE_WRITE_LIMIT_BYTES = 16 * 1_048_576;

/** Builds the server up to the point where it can listen. Rejects with a StartError when the database or a route declaration is not right. */
export async function createServer(config: ServerConfig, root: DynamicModule = AppModule.of(config)): Promise<NestFastifyApplication> {
  // Before Nest builds anything: no store ever meets an old schema, and a database that is away is one line instead of a stack.
  await prepareDatabase(config.storage.url);
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true, routerOptions: { maxParamLength: MAX_PARAMETER_CHARS }, frameworkErrors: answerRouterError });
  const routes = registeredRoutes(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: new PinoLogger(config.log.level), abortOnError: false, forceCloseConnections: true });
  try {
    addHooks(app);
    app.useBodyParser('application/x-protobuf', { bodyLimit: REMOTE_WRITE_LIMIT_BYTES });
    await app.register(fastifyStatic, { root: config.http.webDir, serve: false, suppressWarning: true });
    await app.init();
    refuseUncataloguedRoutes(routes, app.get(RouteCatalog).routes);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

// The router itself refuses a URL that cannot be decoded, before any hook or filter could.
function answerRouterError(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const body = errorBody(new AppError('INVALID_REQUEST', { problems: error.message }, { cause: error }));
  void reply.headers(SECURITY_HEADERS).status(400).send(body);
}

function addHooks(app: NestFastifyApplication): void {
  const requests = createHttpRequestCounter(app.get<Registry>(METRICS_REGISTRY));
  const fastify = app.getHttpAdapter().getInstance();
  // onRequest and not onSend: an answer that some plugin writes to the raw socket carries the headers too.
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(SECURITY_HEADERS);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    requests.inc({ method: request.method, route: request.routeOptions.url ?? 'unmatched', status: String(reply.statusCode) });
    done();
  });
}
