import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Inject, Module, UseFilters, type DynamicModule, type OnModuleInit, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SubscribeMessage, WebSocketGateway, type OnGatewayInit } from '@nestjs/websockets';
import type { FastifyInstance } from 'fastify';
import type { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#contracts';
import { Require } from '../../apps/server/src/access/require.decorator.js';
import { RouteCatalog } from '../../apps/server/src/access/route-catalog.js';
import { SignInLinksService } from '../../apps/server/src/access/sign-in-links.service.js';
import { SocketAuthenticator } from '../../apps/server/src/access/socket-authenticator.js';
import { AppModule } from '../../apps/server/src/app.module.js';
import { parseConfig, type ServerConfig } from '../../apps/server/src/config/config.js';
import { SocketErrorFilter } from '../../apps/server/src/errors/socket-error.filter.js';
import { buildOpenApi } from '../../apps/server/src/openapi/openapi-document.js';
import { createServer } from '../../apps/server/src/server.js';
import { freePort, startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';

@Controller('planted')
class UndeclaredController {
  @Get('open') open(): string {
    return 'anyone may read this';
  }
}

@WebSocketGateway({ path: '/planted' })
class UndeclaredGateway {
  @SubscribeMessage('shout') shout(): void {}
}

/** Serves a route without a controller, as a careless plugin would. */
class RawRoute implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    (this.host.httpAdapter.getInstance() as FastifyInstance).get('/planted/raw', () => 'past the guard');
  }
}

@WebSocketGateway({ path: '/planted', destroyUpgrade: false })
@UseFilters(SocketErrorFilter)
class AdminGateway implements OnGatewayInit<Server> {
  constructor(@Inject(SocketAuthenticator) private readonly authenticator: SocketAuthenticator) {}

  afterInit(server: Server): void {
    server.use(this.authenticator.authenticateSocket);
  }

  @SubscribeMessage('manage')
  @Require('users.manage')
  manage(): { ok: true } {
    return { ok: true };
  }
}

let postgres: EmbeddedPostgres;
let webDir: string;
let config: ServerConfig;
let app: NestFastifyApplication | null = null;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  webDir = join(mkdtempSync(join(tmpdir(), 'faultline-web-')), 'dist');
  config = parseConfig({ DATABASE_URL: postgres.url, FAULTLINE_PORT: String(await freePort()), FAULTLINE_WEB_DIR: webDir, FAULTLINE_LOG_LEVEL: 'silent' });
});
afterEach(async () => {
  await app?.close();
  app = null;
});
afterAll(async () => {
  rmSync(join(webDir, '..'), { recursive: true });
  await postgres.stop();
});

describe('the server does not start', () => {
  it('with a route that declares no permission', async () => {
    await expect(start(withPlanted({ controllers: [UndeclaredController] }))).rejects.toThrow('Without a declared permission: GET /planted/open');
  });

  it('with a socket event that declares no permission', async () => {
    await expect(start(withPlanted({ providers: [UndeclaredGateway] }))).rejects.toThrow('Without a declared permission: socket event shout');
  });

  it('with a route that a plugin serves past the guard', async () => {
    await expect(start(withPlanted({ providers: [RawRoute] }))).rejects.toThrow('These routes bypass the access guard: GET /planted/raw');
  });
});

describe('a socket event', () => {
  it('that needs more than the role has is refused, and taken from a role that has it', async () => {
    await (await start(withPlanted({ providers: [AdminGateway] }))).listen(config.http.port, config.http.host);
    expect(await emit('manage', 'viewer')).toMatchObject({ ok: false, code: 'PERMISSION_DENIED' });
    expect(await emit('manage', 'admin')).toEqual({ ok: true });
  });
});

describe('the OpenAPI document', () => {
  // The other direction, that the router has no route which the document lacks, is the refusal of the planted plugin route above.
  it('has only routes that the router has, and a schema for every body', async () => {
    const server = await start();
    const catalog = server.get(RouteCatalog);
    const router = server.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    for (const { method, path } of catalog.routes) expect([method, path, router.hasRoute({ method: method as 'GET', url: path })]).toEqual([method, path, true]);
    const { paths } = buildOpenApi(catalog, '0');
    expect(Object.values(paths).flatMap((methods) => Object.keys(methods))).toHaveLength(catalog.routes.length);
    expect(paths['/api/faults']?.['post']).toMatchObject({ requestBody: { content: { 'application/json': { schema: { required: ['target', 'fault', 'durationMs'] } } } } });
    expect(paths['/api/users/{id}']?.['delete']).toMatchObject({ parameters: [{ name: 'id', in: 'path', required: true }] });
  });
});

describe('web files', () => {
  it('say how to build them while they are not there, and are served once they are', async () => {
    const server = await start();
    const missing = await server.inject('/');
    expect([missing.statusCode, missing.body.includes('npm run build')]).toEqual([503, true]);
    writeWeb();
    expect((await server.inject('/')).body).toBe('<title>page</title>');
  });

  it('are cached for good where their name has a hash, and the page never', async () => {
    writeWeb();
    const server = await start();
    expect((await server.inject('/assets/app-1a2b.js')).headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-type': expect.stringContaining('javascript') });
    expect((await server.inject('/faults/1?tab=2')).headers['cache-control']).toBe('no-store');
    expect((await server.inject('/faults/1?tab=2')).body).toBe('<title>page</title>');
  });

  it.each(['/live', '/live?many=yes', '/faults/7', '/agents/db.internal'])('are one page at %s, so that every state can be reloaded', async (path) => {
    writeWeb();
    const page = await (await start()).inject(path);
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
  });

  it.each(['/api/nothing', '/live/nothing', '/agent', '/metrics/x', '/healthz/x', '/assets/missing.js', '/logo.svg'])('do not answer %s with a page', async (path) => {
    writeWeb();
    expect((await (await start()).inject(path)).statusCode).toBe(404);
  });

  it.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/..%5csecret.txt', '/%2e%2e%2fsecret.txt', '/.hidden', '/assets%00/x.js'])('never leave their folder: %s', async (path) => {
    writeWeb();
    const { body } = await (await start()).inject({ url: path });
    expect(body).not.toContain('outside');
    expect(body).not.toContain('concealed');
  });

  it('and every other answer carry the security headers', async () => {
    const server = await start();
    for (const path of ['/', '/healthz', '/api/users', '/api/nothing', '/%zz']) {
      expect((await server.inject(path)).headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    }
  });
});

/** The real server with one more module. */
function withPlanted(planted: { controllers?: Type[]; providers?: Type[] }): DynamicModule {
  class PlantedModule {}
  Module(planted)(PlantedModule);
  const root = AppModule.of(config);
  return { ...root, imports: [...(root.imports ?? []), PlantedModule] };
}

async function start(root?: DynamicModule): Promise<NestFastifyApplication> {
  app = await createServer(config, root);
  return app;
}

function writeWeb(): void {
  mkdirSync(join(webDir, 'assets'), { recursive: true });
  writeFileSync(join(webDir, 'index.html'), '<title>page</title>');
  writeFileSync(join(webDir, '.hidden'), 'concealed');
  writeFileSync(join(webDir, 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(webDir, '..', 'secret.txt'), 'outside');
}

async function emit(event: string, role: Role): Promise<unknown> {
  const links = (app as NestFastifyApplication).get(SignInLinksService);
  const { url } = await links.create({ name: `socket ${role}`, role }, { id: '', name: 'test', role: 'admin', via: 'session', readScope: [] });
  const answer = await fetch(`${config.http.origin}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ secret: new URL(url).hash.replace('#sign-in=', '') }) });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const socket = io(config.http.origin, { path: '/planted', transports: ['polling'], reconnection: false, extraHeaders: { cookie, origin: config.http.origin } });
  return socket.timeout(10_000).emitWithAck(event).finally(() => socket.disconnect());
}
