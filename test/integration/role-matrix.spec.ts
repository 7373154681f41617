import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_PATH, allows, type Permission, type Role } from '#contracts';
import { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

type Access = Permission | 'public' | 'signed-in';

/** Every route, by hand: a route that is not here, or whose declaration says something else, fails. Bodies are wrong on purpose: only the guard is asked. */
const ROUTES: readonly (readonly [method: string, path: string, access: Access])[] = [
  ['GET', '/healthz', 'public'],
  ['GET', '/readyz', 'public'],
  ['GET', '/{path}', 'public'],
  ['POST', '/api/session', 'public'],
  ['GET', '/api/session', 'signed-in'],
  ['GET', '/api/users', 'users.manage'],
  ['DELETE', '/api/users/{id}', 'users.manage'],
  ['POST', '/api/sign-in-links', 'users.manage'],
  ['GET', '/api/tokens', 'tokens.own'],
  ['POST', '/api/tokens', 'tokens.own'],
  ['DELETE', '/api/tokens/{id}', 'tokens.own'],
  ['GET', '/api/agents', 'agents.read'],
  ['POST', '/api/agents/tokens', 'agents.manage'],
  ['DELETE', '/api/agents/{name}', 'agents.manage'],
  ['POST', '/api/agents/enrol', 'public'],
  ['GET', '/api/agents/{name}/proxies', 'agents.read'],
  ['POST', '/api/agents/{name}/proxies', 'faults.write'],
  ['DELETE', '/api/agents/{name}/proxies/{proxy}', 'faults.write'],
  ['GET', '/api/topology', 'live.read'],
  ['GET', '/api/edges/series', 'live.read'],
  ['GET', '/api/faults', 'faults.read'],
  ['GET', '/api/faults/now', 'faults.read'],
  ['POST', '/api/faults/preview', 'faults.read'],
  ['POST', '/api/faults/selected', 'faults.write'],
  ['GET', '/api/faults/{id}', 'faults.read'],
  ['GET', '/api/faults/{id}/comparison', 'faults.read'],
  ['POST', '/api/faults', 'faults.write'],
  ['POST', '/api/faults/{id}/revert', 'faults.write'],
  ['GET', '/api/halt', 'live.read'],
  ['POST', '/api/halt', 'halt.engage'],
  ['POST', '/api/halt/resume', 'halt.resume'],
  ['GET', '/api/audit', 'audit.read'],
  ['GET', '/metrics', 'telemetry.read'],
  ['POST', '/prometheus/api/v1/write', 'metrics.write'],
  ['GET', '/prometheus/api/v1/query', 'telemetry.read'],
  ['POST', '/prometheus/api/v1/query', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/query_range', 'telemetry.read'],
  ['POST', '/prometheus/api/v1/query_range', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/query_exemplars', 'telemetry.read'],
  ['POST', '/prometheus/api/v1/query_exemplars', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/format_query', 'telemetry.read'],
  ['POST', '/prometheus/api/v1/format_query', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/series', 'telemetry.read'],
  ['POST', '/prometheus/api/v1/series', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/labels', 'telemetry.read'],
  ['POST', '/prometheus/api/v1/labels', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/rules', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/alerts', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/alertmanagers', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/label/{name}/values', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/metadata', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/status/buildinfo', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/status/flags', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/status/runtimeinfo', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/status/tsdb', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/targets', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/scrape_pools', 'telemetry.read'],
  ['GET', '/prometheus/api/v1/targets/metadata', 'telemetry.read'],
  ['GET', '/prometheus/sd', 'telemetry.read'],
  ['GET', '/api/metrics/pins', 'telemetry.read'],
  ['POST', '/api/metrics/pins', 'metrics.manage'],
  ['DELETE', '/api/metrics/pins/{id}', 'metrics.manage'],
  ['GET', '/api/scrape/pools', 'telemetry.read'],
  ['POST', '/prometheus/-/reload', 'metrics.manage'],
  ['GET', '/prometheus/-/healthy', 'public'],
  ['GET', '/prometheus/-/ready', 'public'],
  ['GET', '/prometheus/{path}', 'signed-in'],
  ['POST', '/prometheus/{path}', 'signed-in'],
  ['GET', '/api/openapi.json', 'live.read'],
  // Last, because it ends the session that asks.
  ['DELETE', '/api/session', 'signed-in'],
];

/** Every socket event, by hand, with what to send. */
const SOCKET_EVENTS: readonly (readonly [event: string, access: Permission, payload: unknown])[] = [
  ['subscribe', 'live.read', { kind: 'world' }],
  ['resync', 'live.read', null],
];

const CALLERS = ['nobody', 'viewer', 'operator', 'admin', 'expired session'] as const;
type Caller = (typeof CALLERS)[number];

type Declared = { kind: string; permission?: Permission };
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly 'x-faultline-access': Declared }>>>>;
  readonly 'x-faultline-socket-events': Readonly<Record<string, Declared>>;
}

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let openApi: OpenApi;
const clients = new Map<Caller, ApiClient>();

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  for (const role of ['viewer', 'operator', 'admin'] as const) clients.set(role, await server.signIn(role));
  clients.set('expired session', await expiredClient());
  openApi = await clientOf('admin').need('GET', '/api/openapi.json');
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

async function expiredClient(): Promise<ApiClient> {
  const admin = clientOf('admin');
  const { url } = await admin.need<{ url: string }>('POST', '/api/sign-in-links', { name: 'gone', role: 'admin' });
  const client = await ApiClient.signIn(url);
  await postgres.query("UPDATE session SET expires_at = now() - interval '1 second' WHERE user_id = (SELECT id FROM app_user WHERE name = 'gone')");
  return client;
}

function clientOf(caller: Caller): ApiClient {
  const client = clients.get(caller);
  if (client === undefined) throw new Error(`nobody signed in as ${caller}`);
  return client;
}

function roleOf(caller: Caller): Role | null {
  return caller === 'nobody' || caller === 'expired session' ? null : caller;
}

/** The status of a refusal, or null when the caller may. */
function refusalOf(access: Access, caller: Caller): 401 | 403 | null {
  if (access === 'public') return null;
  const role = roleOf(caller);
  if (role === null) return 401;
  return access === 'signed-in' || allows(role, access) ? null : 403;
}

function call(caller: Caller, method: string, path: string): Promise<Response> {
  const cookie = caller === 'nobody' ? {} : { cookie: clientOf(caller).cookie };
  const wrongBody = method === 'POST' ? { body: '{"wrong":true}' } : {};
  const url = path.replace('{id}', randomUUID()).replace('{name}', 'no-such-agent').replace('{proxy}', 'no-such-proxy').replace('{path}', '');
  return fetch(`${server.origin}${url}`, { method, headers: { origin: server.origin, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}), ...cookie }, ...wrongBody });
}

/** Connects and sends one event; the code of the refusal, or null when it was taken. */
async function sendEvent(caller: Caller, event: string, payload: unknown): Promise<string | null> {
  const cookie = caller === 'nobody' ? {} : { cookie: clientOf(caller).cookie };
  const socket = io(server.origin, { path: LIVE_PATH, transports: ['websocket'], reconnection: false, extraHeaders: { origin: server.origin, ...cookie } });
  try {
    return await new Promise<string | null>((resolve) => {
      socket.once('connect_error', (error: Error & { data?: { code: string } }) => resolve(error.data?.code ?? error.message));
      socket.emit(event, payload, (answer: { ok: boolean; code?: string }) => resolve(answer.ok ? null : (answer.code ?? 'refused')));
      // An event without an answer was taken when the next one on the same socket is answered and no refusal came before.
      socket.emit('subscribe', { kind: 'world' }, () => resolve(null));
    });
  } finally {
    socket.disconnect();
  }
}

/** Everything in the database that a refused call must leave alone: all but the audit, when somebody was last seen, and metrics, which come by themselves. */
async function worldState(): Promise<unknown> {
  const tables = await postgres.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'audit%' AND tablename NOT LIKE 'metric\\_%' AND tablename NOT IN ('session', 'job_lease') ORDER BY 1",
  );
  const states = tables.map(async ({ name }) => [name, await postgres.query(`SELECT md5(coalesce(string_agg(row, ',' ORDER BY row), '')) FROM (SELECT (to_jsonb(t) - 'last_seen_at' - 'last_used_at')::text AS row FROM "${name}" t) rows`)]);
  return Promise.all(states);
}

describe('the table', () => {
  it('has every route with the permission it declares', () => {
    const declared = Object.entries(openApi.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-faultline-access': access }]) => `${method.toUpperCase()} ${path} ${access.permission ?? access.kind}`),
    );
    expect(ROUTES.map((route) => route.join(' ')).sort()).toEqual(declared.sort());
  });

  it('has every socket event with the permission it declares', () => {
    expect(openApi['x-faultline-socket-events']).toEqual(Object.fromEntries(SOCKET_EVENTS.map(([event, permission]) => [event, { kind: 'permission', permission }])));
  });
});

describe.each(SOCKET_EVENTS)('socket event %s', (event, access, payload) => {
  it.each(CALLERS)(`is taken or refused for %s as ${access} says`, async (caller) => {
    expect(await sendEvent(caller, event, payload)).toBe(roleOf(caller) === null ? 'SIGN_IN_REQUIRED' : null);
  });
});

describe.each(ROUTES)('%s %s', (method, path, access) => {
  it.each(CALLERS)(`is answered or refused for %s as ${access} says`, async (caller) => {
    const refusal = refusalOf(access, caller);
    const before = refusal === null ? null : await worldState();
    const { status } = await call(caller, method, path);
    if (refusal === null) expect([401, 403]).not.toContain(status);
    else expect(status).toBe(refusal);
    if (refusal !== null) expect(await worldState()).toEqual(before);
  });
});
