// Adds `sendFile` to the type of the reply.
import type {} from '@fastify/static';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { AppError } from '#contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../access/require.decorator.js';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { locateWebFile } from './locate-web-file.js';

const INDEX = 'index.html';
// Without this the plugin would write its own Cache-Control over ours.
const SEND_OPTIONS = { cacheControl: false };
const YEAR_SEC = 31_536_000;

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Faultline</title>
<h1>The pages of Faultline are not built</h1><p>The server runs. Build its pages with <code>npm run build</code>, or point <code>FAULTLINE_WEB_DIR</code> at a build.</p></html>`;

/** The built web app; every other path of the app is its index page, which routes in the browser. */
@Controller()
export class WebFilesController {
  constructor(@Inject(SERVER_CONFIG) private readonly config: ServerConfig) {}

  @Get('*')
  @Public()
  async serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { webDir } = this.config.http;
    const path = decodePath(request.url);
    const found = await locateWebFile(webDir, path);
    if (found.kind === 'missing') throw new AppError('NOT_FOUND', { what: 'page or file', id: path.slice(0, 200) });
    if (found.kind === 'page') return this.page(reply);
    // A file outside the hashed folder may change with the next build, so it is asked for again each time.
    void reply.header('cache-control', found.immutable ? `public, max-age=${YEAR_SEC}, immutable` : 'no-cache');
    await reply.sendFile(found.path, webDir, SEND_OPTIONS);
  }

  private async page(reply: FastifyReply): Promise<void> {
    void reply.header('cache-control', 'no-store');
    const index = await locateWebFile(this.config.http.webDir, INDEX);
    if (index.kind === 'file') await reply.sendFile(INDEX, this.config.http.webDir, SEND_OPTIONS);
    else await reply.status(503).type('text/html; charset=utf-8').send(NOT_BUILT);
  }
}

function decodePath(url: string): string {
  const path = url.split('?', 1)[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new AppError('INVALID_REQUEST', { problems: 'the path is not valid percent-encoding' }, { cause });
  }
}
