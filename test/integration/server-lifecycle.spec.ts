import { once } from 'node:events';
import { createServer } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_PATH, type CreatedTokenView, type ErrorBody, type HealthView, type SessionView } from '#contracts';
import { freePort, startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { failToStart, startServer } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
});
afterAll(() => postgres.stop());

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

/** The one line that a failed start shows, on the channel to the supervisor and on stderr alike. */
async function failure(databaseUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const failed = await failToStart(databaseUrl, environment);
  expect(failed.exitCode).toBe(1);
  expect(failed.message).not.toContain('\n');
  expect(failed.output).toContain(failed.message);
  expect(failed.output).not.toContain('    at ');
  return failed.message ?? '';
}

function withUrl(change: (url: URL) => void): string {
  const url = new URL(postgres.url);
  change(url);
  return url.href;
}

describe('a start that cannot succeed says in one line', () => {
  it('every wrong setting at once, and never the password', async () => {
    const message = await failure('mysql://root:geheim@db', { FAULTLINE_HOST: '', FAULTLINE_PROT: '1', FAULTLINE_LOG_LEVEL: 'loud' });
    for (const name of ['DATABASE_URL', 'FAULTLINE_HOST', 'FAULTLINE_PROT', 'FAULTLINE_LOG_LEVEL']) expect(message).toContain(name);
    expect(message).not.toContain('geheim');
  });

  it('that no database answers, and where', async () => {
    const port = await freePort();
    expect(await failure(`postgres://user:geheim@127.0.0.1:${port}/faultline`)).toBe(`No database answers at 127.0.0.1:${port}: start PostgreSQL there, or correct DATABASE_URL.`);
  });

  it('that the database does not exist', async () => {
    expect(await failure(withUrl((url) => (url.pathname = '/nowhere')))).toContain('The database "nowhere" does not exist at 127.0.0.1');
  });

  it('that the user may not create tables', async () => {
    await postgres.query('CREATE ROLE reader LOGIN');
    await postgres.query('CREATE DATABASE closed');
    expect(await failure(withUrl((url) => Object.assign(url, { username: 'reader', pathname: '/closed' })))).toContain('The user reader may not create tables in the database "closed"');
  });

  it('that the port is taken, and by whom', async () => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    const message = await failure(postgres.url, { FAULTLINE_PORT: String(port) }).finally(() => holder.close());
    expect(message).toContain(`Port ${port} on 127.0.0.1 is taken by `);
    if (process.platform === 'linux') expect(message).toContain(`pid ${process.pid} (`);
  });
});

describe('the sign-in link of a start', () => {
  it('comes with each start until an admin has signed in, and then no more', async () => {
    await postgres.query('CREATE DATABASE fresh');
    const url = withUrl((one) => (one.pathname = '/fresh'));
    const unused = await startServer(url, { FAULTLINE_SIGN_IN_LINK: 'first' });
    await unused.stop();
    const used = await startServer(url, { FAULTLINE_SIGN_IN_LINK: 'first' });
    await used.signIn();
    await used.stop();
    const later = await startServer(url, { FAULTLINE_SIGN_IN_LINK: 'first' });
    await later.stop();
    expect([unused, used, later].map((server) => server.ready.signInUrl === null)).toEqual([false, false, true]);
  });
});

describe('a start on an audit that was changed past Faultline', () => {
  it('says in the log which row does not fit', async () => {
    const first = await startServer(postgres.url);
    await first.stop();
    await postgres.query('ALTER TABLE audit_row DISABLE TRIGGER USER');
    await postgres.query("UPDATE audit_row SET actor = 'nobody' WHERE id = 1");
    const second = await startServer(postgres.url);
    await second.stop();
    expect(first.output()).not.toContain('The audit was changed');
    expect(second.output()).toContain('The audit was changed past Faultline: row 1 does not follow');
  });
});

describe('two servers that start together on an empty database', () => {
  it('migrate in turns and both serve', async () => {
    await postgres.query('CREATE DATABASE together');
    const url = withUrl((one) => (one.pathname = '/together'));
    const servers = await Promise.all([startServer(url), startServer(url)]);
    const statuses = await Promise.all(servers.map((server) => statusOf(`${server.origin}/readyz`)));
    await Promise.all(servers.map((server) => server.stop()));
    expect(statuses).toEqual([200, 200]);
  });
});

describe('a server whose Postgres is killed', () => {
  it('lives on, says what is missing, and works again by itself with the same session', async () => {
    const server = await startServer(postgres.url);
    const admin = await server.signIn();
    await postgres.kill9();
    const ready = await fetch(`${server.origin}/readyz`);
    expect([ready.status, ((await ready.json()) as HealthView).checks]).toEqual([503, { database: 'does not answer' }]);
    expect(await statusOf(`${server.origin}/healthz`)).toBe(200);
    const refused = await admin.call<ErrorBody>('GET', '/api/users');
    expect([refused.status, refused.body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
    await postgres.restart();
    await waitUntil('the server is ready again', async () => (await statusOf(`${server.origin}/readyz`)) === 200);
    expect((await admin.call('GET', '/api/users')).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });
});

describe('a server that is asked to stop', () => {
  it('ends cleanly on SIGTERM, also with open live connections', async () => {
    const server = await startServer(postgres.url);
    await watch(server.origin, (await server.signIn()).cookie);
    expect(await server.stop()).toBe(0);
    expect(await connectionsOf('faultline')).toBe(0);
  });

  it('ends when its supervisor is gone', async () => {
    const server = await startServer(postgres.url);
    expect(await server.abandon()).toBe(0);
  });
});

describe('an open live connection', () => {
  it('is closed at once when its user changes the role, signs out or is removed', async () => {
    const server = await startServer(postgres.url);
    const admin = await server.signIn();
    let viewer = await server.signIn('viewer');
    const { userId } = await viewer.need<SessionView>('GET', '/api/session');
    const ended: string[] = [];
    const end = async (how: () => Promise<unknown>): Promise<void> => {
      const socket = await watch(server.origin, viewer.cookie);
      const reason = new Promise<string>((resolve) => socket.once('disconnect', resolve));
      await how();
      ended.push(await reason);
    };
    await end(() => admin.need('POST', '/api/sign-in-links', { name: 'a viewer', role: 'operator' }));
    await end(() => viewer.need('DELETE', '/api/session'));
    viewer = await server.signIn('viewer');
    await end(() => admin.need('DELETE', `/api/users/${userId}`));
    expect(ended).toEqual(['io server disconnect', 'io server disconnect', 'io server disconnect']);
    await server.stop();
  });
});

describe('a live connection with an API token', () => {
  it('needs no Origin and ends with the token', async () => {
    const server = await startServer(postgres.url);
    const admin = await server.signIn();
    const { id, token } = await admin.need<CreatedTokenView>('POST', '/api/tokens', { name: 'wall', role: 'viewer', expiresInDays: 1 });
    const socket = io(server.origin, { path: LIVE_PATH, transports: ['websocket'], reconnection: false, auth: { token } });
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    const reason = new Promise((resolve) => socket.once('disconnect', resolve));
    await admin.need('DELETE', `/api/tokens/${id}`);
    expect(await reason).toBe('io server disconnect');
    await server.stop();
  });
});

describe('a live connection with a session', () => {
  it.each(['http://evil.example', undefined])('is refused from the origin %s', async (origin) => {
    const server = await startServer(postgres.url);
    const { cookie } = await server.signIn();
    const socket = io(server.origin, { path: LIVE_PATH, transports: ['websocket'], reconnection: false, extraHeaders: { cookie, ...(origin === undefined ? {} : { origin }) } });
    const refusal = await new Promise<Error & { data?: { code: string } }>((resolve) => socket.once('connect_error', resolve));
    expect(refusal.data?.code).toBe('ORIGIN_REFUSED');
    await server.stop();
  });
});

/** An open connection to the live stream. */
async function watch(origin: string, cookie: string): Promise<Socket> {
  const socket = io(origin, { path: LIVE_PATH, transports: ['websocket'], reconnection: false, extraHeaders: { cookie, origin } });
  await new Promise((resolve, reject) => socket.once('connect', () => resolve(null)).once('connect_error', reject));
  return socket;
}

/** Connections of Faultline that Postgres still has; the one that asks is not counted. */
async function connectionsOf(user: string): Promise<number> {
  const rows = await postgres.query("SELECT 1 FROM pg_stat_activity WHERE usename = $1 AND backend_type = 'client backend' AND pid <> pg_backend_pid()", [user]);
  return rows.length;
}
