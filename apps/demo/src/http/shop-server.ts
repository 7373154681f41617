import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ProcessMetrics } from '../process/process-metrics.js';
import { randomHex } from '../trace/random-hex.js';
import { parseTraceparent, startTrace } from '../trace/traceparent.js';
import type { TraceContext } from '../trace/traceparent.js';
import { parseJson } from './json.js';
import { compileRoutes } from './route.js';
import type { Answer, MatchedRoute, Route, RouteMatcher } from './route.js';

export interface ShopServerOptions {
  readonly routes: readonly Route[];
  readonly metrics: ProcessMetrics;
  readonly log: (line: string) => void;
}

// Far above the callers' 20 s: see IDLE_SOCKET_MS in dependency.ts.
const KEEP_ALIVE_MS = 75_000;
const MAX_BODY_BYTES = 16_384;
// One request in ten is traced through to the end, the usual order of magnitude; the decision is the edge's alone.
const SAMPLED_SHARE = 0.1;

/** An HTTP/1.1 server over routes, with trace context in and metrics out. It is not listening yet. */
export function createShopServer(options: ShopServerOptions): Server {
  const match = compileRoutes(options.routes);
  const server = createServer((request, response) => {
    serve({ request, response, match, options }).catch((error: unknown) => {
      // Only a broken handler gets here: everything expected is an answer.
      options.log(`${request.method ?? '?'} ${request.url ?? '?'} broke: ${String(error)}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

interface Serving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly match: RouteMatcher;
  readonly options: ShopServerOptions;
}

async function serve({ request, response, match, options }: Serving): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const matched = match(request.method ?? 'GET', path);
  if (matched === null) return send(response, { status: 404, body: { error: `there is no ${path} here` } });
  const ended = options.metrics.requestStarted(matched.route.path);
  const trace = traceOf(request);
  const answer = await answerOf({ request, matched, query, trace, options });
  ended(answer.status);
  send(response, answer.status < 400 ? answer : withTraceId(answer, trace));
}

interface Answering {
  readonly request: IncomingMessage;
  readonly matched: MatchedRoute;
  readonly query: string;
  readonly trace: TraceContext;
  readonly options: ShopServerOptions;
}

async function answerOf({ request, matched, query, trace, options }: Answering): Promise<Answer> {
  const body = request.method === 'POST' ? await readBody(request) : '';
  if (body === null) return { status: 413, body: { error: `a body may have ${MAX_BODY_BYTES} bytes` } };
  try {
    return await matched.route.handle({ params: matched.params, query: new URLSearchParams(query), headers: request.headers, body: parseJson(body), trace });
  } catch (error) {
    options.log(`${matched.route.method} ${matched.route.path} failed: ${String(error)} (trace ${trace.traceId})`);
    return { status: 500, body: { error: 'internal error' } };
  }
}

function traceOf(request: IncomingMessage): TraceContext {
  const header = request.headers.traceparent;
  return parseTraceparent(typeof header === 'string' ? header : undefined) ?? startTrace(randomHex, Math.random() < SAMPLED_SHARE);
}

/** Null for a body that is too long, or that broke off: its sender hears nothing either way. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return null;
      chunks.push(chunk);
    }
  } catch {
    // The caller hung up in the middle of its request.
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function withTraceId({ status, body }: Answer, trace: TraceContext): Answer {
  return { status, body: { ...(typeof body === 'object' ? body : { error: body }), traceId: trace.traceId } };
}

function send(response: ServerResponse, { status, body, contentType = 'application/json' }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
