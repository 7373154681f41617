import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '../log.js';
import type { ProxySet } from '../proxy/proxy-set.js';
import { BAD_REQUEST, METHOD_NOT_ALLOWED, PAGE_NOT_FOUND, TIMED_OUT, badBody, movedTo, plainText, refused } from './answer.js';
import type { Answer } from './answer.js';
import { isBrowser, isLoopback, refuseStranger } from './callers.js';
import type { Face } from './face.js';
import { InTurn } from '../proxy/in-turn.js';
import { createMetricsPage } from './metrics-page.js';
import { MAX_BODY_BYTES, readBody } from './request-body.js';
import { createRequestIds } from './request-id.js';
import { readTarget } from './request-target.js';
import type { RequestTarget } from './request-target.js';
import { createRoutes } from './routes.js';
import type { Handler, RouteMatch } from './routes.js';
import { StreamSpellings } from './stream-spellings.js';

// Toxiproxy's own limits: a request is read within 15 s and answered within 25 s, and a connection without one is kept for 60 s.
const READ_WITHIN_MS = 15_000;
const ANSWER_WITHIN_MS = 25_000;
const IDLE_MS = 60_000;
/** How often requests that take too long are looked for. */
const CHECK_EVERY_MS = 1_000;
/** Far more than any test suite opens, and too few to use up the descriptors of a process that carries traffic. */
const MAX_CONNECTIONS = 512;

export interface ToxiproxyApiOptions {
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  readonly proxies: ProxySet;
  /** What `/version` says: clients choose between PATCH and POST by it. */
  readonly version: string;
  /** Writes the empty `Logger` of each proxy, as Toxiproxy does. */
  readonly strict: boolean;
  readonly metrics: { readonly proxy: boolean; readonly runtime: boolean };
  /** Why faults without a lease are refused here; null when they are taken. */
  readonly allowed: () => string | null;
  readonly log: Log;
  /** For request ids. */
  readonly random: () => number;
}

export interface ToxiproxyApi {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves Toxiproxy's HTTP API (docs/formats/toxiproxy-api.md). Rejects with Node's error when the address cannot be had.
 *
 *     request -> stranger? -> clean path? -> route -> browser? -> body -> handler -> ProxySet
 *                   403          301       404, 405     403       413
 */
export async function startToxiproxyApi(options: ToxiproxyApiOptions): Promise<ToxiproxyApi> {
  const answering = new Answering(options);
  const server = createServer({ requestTimeout: READ_WITHIN_MS, headersTimeout: READ_WITHIN_MS, keepAliveTimeout: IDLE_MS, connectionsCheckingInterval: CHECK_EVERY_MS }, (request, response) =>
    void answering.serve(request, response),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', refuseUnreadable);
  await listen(server, options);
  if (!isLoopback(options.host)) {
    options.log.warn({ host: options.host }, 'The Toxiproxy API has no password and listens beyond this machine: whoever reaches it can break what its proxies carry.');
  }
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

/** From a request to its answer. */
class Answering {
  private readonly face: Face;
  private readonly route: (method: string, path: string) => RouteMatch;
  private readonly nextId: () => string;

  constructor(private readonly options: ToxiproxyApiOptions) {
    const { proxies, strict, version, metrics, allowed, random } = options;
    this.face = { proxies, allowed, turns: new InTurn(), writing: { strict, spellings: new StreamSpellings() } };
    this.route = createRoutes({ version: () => versionPage(version), metrics: createMetricsPage(proxies, metrics) });
    this.nextId = createRequestIds(random, () => Date.now());
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = await this.answer(request, response);
      send(response, answer);
      // What is left of a body nobody wanted is let through, so that the connection can carry the next request.
      request.resume();
    } catch (error) {
      this.options.log.error({ err: error, method: request.method, url: request.url }, 'A request of the Toxiproxy API failed.');
      if (!response.headersSent) send(response, refused({ error: 'internal error: the log of the agent says what', status: 500 }));
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const target = readTarget(request.url ?? '');
    const stranger = refuseStranger(request, target.authority, this.options.host);
    if (stranger !== null) return stranger;
    if (target.type !== 'path') return elsewhere(target);
    const match = this.route(request.method ?? '', target.path);
    if (match.type === 'no-page') return PAGE_NOT_FOUND;
    if (match.type === 'no-method') return METHOD_NOT_ALLOWED;
    response.setHeader('x-toxiproxy-request-id', this.nextId());
    if (isBrowser(request)) return plainText(403, 'User agent not allowed\n');
    return within(ANSWER_WITHIN_MS, this.handle(match.handler, match.names, request));
  }

  private async handle(handler: Handler, names: readonly [string, string], request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request);
    if (body === 'gone') return BAD_REQUEST;
    if (body === 'too-large') return tooLarge();
    return handler({ face: this.face, names, body });
  }
}

function elsewhere(target: Exclude<RequestTarget, { readonly type: 'path' }>): Answer {
  if (target.type === 'moved') return movedTo(target.location);
  return target.type === 'server' ? { status: 200, headers: {}, body: '' } : BAD_REQUEST;
}

function versionPage(version: string): Answer {
  return { status: 200, headers: { 'content-type': 'application/json;charset=utf-8' }, body: `{"version": "${version}"}\n` };
}

function tooLarge(): Answer {
  const answer = refused({ ...badBody(`larger than ${MAX_BODY_BYTES} bytes`), status: 413 });
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

/** The answer, or that it took too long: what was begun goes on, but nobody is kept waiting for it. */
async function within(limitMs: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => (timer = setTimeout(() => resolve(TIMED_OUT), limitMs)));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }) }).end(body);
}

/** What is not HTTP, is too large, or came too slowly. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = { HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout' }[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${status}`);
}

async function listen(server: Server, { host, port }: ToxiproxyApiOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
