// Over 250 lines: one server serves all of it, and each promise about access is one short test.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRowView, CreatedTokenView, ErrorBody, Role, SessionView, SignInLinkView, UserView } from '#contracts';
import { findBrokenLink } from '../../apps/server/src/storage/audit-chain.js';
import { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

const linkFor = (name: string, role: Role): Promise<SignInLinkView> => admin.need('POST', '/api/sign-in-links', { name, role });
const signInAs = async (name: string, role: Role): Promise<ApiClient> => ApiClient.signIn((await linkFor(name, role)).url);
const secretOf = (link: SignInLinkView): string => new URL(link.url).hash.replace('#sign-in=', '');
const userNamed = async (name: string): Promise<UserView | undefined> => (await admin.need<UserView[]>('GET', '/api/users')).find((user) => user.name === name);
const audit = (): Promise<AuditRowView[]> => admin.need('GET', '/api/audit?limit=500');

function send(method: string, path: string, options: { headers?: Record<string, string>; body?: unknown } = {}): Promise<Response> {
  const body = options.body === undefined ? {} : { body: JSON.stringify(options.body) };
  return fetch(`${server.origin}${path}`, { method, headers: { ...(options.body === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers }, ...body });
}
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as ErrorBody).error.code;
const useLink = (secret: string): Promise<Response> => send('POST', '/api/session', { body: { secret } });
const withToken = (token: string, method = 'GET', path = '/api/session', body?: unknown): Promise<Response> => send(method, path, { headers: { authorization: `Bearer ${token}` }, body });

describe('sign-in links', () => {
  it('sign in once', async () => {
    const link = await linkFor('once', 'viewer');
    expect((await useLink(secretOf(link))).status).toBe(201);
    const again = await useLink(secretOf(link));
    expect([again.status, await codeOf(again)]).toEqual([401, 'SIGN_IN_LINK_INVALID']);
  });

  it('let one of two simultaneous uses in', async () => {
    const secret = secretOf(await linkFor('twice', 'viewer'));
    const statuses = (await Promise.all([useLink(secret), useLink(secret)])).map((response) => response.status);
    expect(statuses.sort()).toEqual([201, 401]);
  });

  it('end after their time', async () => {
    const link = await linkFor('late', 'viewer');
    await postgres.query("UPDATE sign_in_link SET expires_at = now() - interval '1 second' WHERE user_id = (SELECT id FROM app_user WHERE name = 'late')");
    expect((await useLink(secretOf(link))).status).toBe(401);
  });

  it('of one user are all void once one of them is used', async () => {
    const [first, second] = [await linkFor('two links', 'viewer'), await linkFor('two links', 'viewer')];
    expect((await useLink(secretOf(second))).status).toBe(201);
    expect((await useLink(secretOf(first))).status).toBe(401);
  });

  it('are stored as nothing that could be used', async () => {
    const secret = secretOf(await linkFor('stored', 'viewer'));
    const rows = await postgres.query<{ text: string }>('SELECT row_to_json(l)::text AS text FROM sign_in_link l UNION ALL SELECT row_to_json(s)::text FROM session s UNION ALL SELECT row_to_json(a)::text FROM audit_row a');
    const everything = rows.map((row) => row.text).join('\n');
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(admin.cookie.split('=')[1]);
  });
});

describe('sessions', () => {
  it('live in a cookie that scripts and other sites cannot use', async () => {
    const response = await useLink(secretOf(await linkFor('cookie', 'viewer')));
    expect(response.headers.get('set-cookie')).toMatch(/^faultline_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
  });

  it.each([
    ['absolute', "expires_at = now() - interval '1 second'"],
    ['idle', "last_used_at = now() - interval '2 hours 1 second'"],
  ])('end at their %s limit', async (limit, change) => {
    const client = await signInAs(`limit ${limit}`, 'viewer');
    expect((await client.call('GET', '/api/session')).status).toBe(200);
    await postgres.query(`UPDATE session SET ${change} WHERE user_id = (SELECT id FROM app_user WHERE name = 'limit ${limit}')`);
    expect((await client.call('GET', '/api/session')).status).toBe(401);
  });

  it('end with the sign-out', async () => {
    const client = await signInAs('leaver', 'viewer');
    expect((await client.call('DELETE', '/api/session')).status).toBe(204);
    expect((await client.call('GET', '/api/session')).status).toBe(401);
  });

  it('follow a change of the role at once', async () => {
    const client = await signInAs('mover', 'admin');
    expect((await client.call('GET', '/api/users')).status).toBe(200);
    await linkFor('mover', 'viewer');
    expect((await client.call('GET', '/api/users')).status).toBe(403);
    expect((await client.need<SessionView>('GET', '/api/session')).role).toBe('viewer');
  });

  it('and tokens end when the user is removed', async () => {
    const client = await signInAs('removed', 'operator');
    const { token } = await client.need<CreatedTokenView>('POST', '/api/tokens', { name: 'ci', role: 'operator', expiresInDays: 1 });
    expect((await withToken(token)).status).toBe(200);
    await admin.need('DELETE', `/api/users/${(await userNamed('removed'))?.id}`);
    expect((await client.call('GET', '/api/session')).status).toBe(401);
    expect((await withToken(token)).status).toBe(401);
  });
});

describe('the last admin', () => {
  it('cannot be removed and cannot lose the role', async () => {
    const owner = await userNamed('owner');
    expect(await admin.call('DELETE', `/api/users/${owner?.id}`)).toMatchObject({ status: 409, body: { error: { code: 'LAST_ADMIN' } } });
    expect(await admin.call('POST', '/api/sign-in-links', { name: 'owner', role: 'viewer' })).toMatchObject({ status: 409, body: { error: { code: 'LAST_ADMIN' } } });
    expect((await userNamed('owner'))?.role).toBe('admin');
  });

  it('is one of two admins who remove each other at the same moment', async () => {
    const other = await signInAs('second admin', 'admin');
    const [owner, second] = [await userNamed('owner'), await userNamed('second admin')];
    const answers = await Promise.all([admin.call('DELETE', `/api/users/${second?.id}`), other.call('DELETE', `/api/users/${owner?.id}`)]);
    const admins = await postgres.query("SELECT name FROM app_user WHERE role = 'admin'");
    expect(admins).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1);
    // The loser may be the owner, whom the other tests need: a start with a new link brings the owner back.
    if ((await postgres.query("SELECT 1 FROM app_user WHERE name = 'owner'")).length === 0) await comeBack();
  });
});

async function comeBack(): Promise<void> {
  await server.stop();
  server = await startServer(postgres.url);
  admin = await server.signIn();
}

describe('API tokens', () => {
  const create = (client: ApiClient, role: Role): Promise<CreatedTokenView> => client.need('POST', '/api/tokens', { name: 'ci', role, expiresInDays: 90 });

  it('act with at most the role of their owner, also after it shrinks', async () => {
    const operator = await signInAs('token owner', 'operator');
    expect(await operator.call('POST', '/api/tokens', { name: 'more', role: 'admin', expiresInDays: 1 })).toMatchObject({ status: 403 });
    const { token } = await create(operator, 'operator');
    await linkFor('token owner', 'viewer');
    expect(await (await withToken(token)).json()).toMatchObject({ role: 'viewer' });
  });

  it('need no Origin, cannot make tokens, and are named in the audit', async () => {
    const { token } = await create(admin, 'admin');
    expect((await withToken(token, 'POST', '/api/sign-in-links', { name: 'by token', role: 'viewer' })).status).toBe(201);
    expect((await withToken(token, 'POST', '/api/tokens', { name: 'child', role: 'viewer', expiresInDays: 1 })).status).toBe(403);
    expect((await audit()).find((row) => row.subject === 'by token')?.actor).toBe('owner (token)');
  });

  it('are taken as the password of basic authentication too, but not from a page of somebody else', async () => {
    const { token } = await create(admin, 'admin');
    const ask = (password: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(`${server.origin}/api/session`, { method, headers: { authorization: `Basic ${Buffer.from(`grafana:${password}`).toString('base64')}`, ...headers } });
    expect(await (await ask(token)).json()).toMatchObject({ role: 'admin' });
    for (const wrong of [`${token}x`, '', 'secret']) expect((await ask(wrong)).status).toBe(401);
    expect((await ask(token, { origin: 'https://elsewhere.example' }, 'POST')).status).toBe(403);
  });

  it('end when they are deleted or their time is over', async () => {
    const [deleted, expired] = [await create(admin, 'viewer'), await create(admin, 'viewer')];
    await admin.need('DELETE', `/api/tokens/${deleted.id}`);
    await postgres.query("UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1", [expired.id]);
    expect((await withToken(deleted.token)).status).toBe(401);
    expect((await withToken(expired.token)).status).toBe(401);
  });

  it('with a wrong secret are refused even beside a good cookie', async () => {
    const { token } = await create(admin, 'viewer');
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect((await withToken(forged)).status).toBe(401);
    expect((await send('GET', '/api/session', { headers: { authorization: `Bearer ${forged}`, cookie: admin.cookie } })).status).toBe(401);
  });

  it('last 90 days at most', async () => {
    expect((await admin.call('POST', '/api/tokens', { name: 'long', role: 'viewer', expiresInDays: 91 })).status).toBe(400);
  });

  it('of somebody else cannot be deleted', async () => {
    const { id, token } = await create(admin, 'viewer');
    expect((await (await signInAs('stranger', 'operator')).call('DELETE', `/api/tokens/${id}`)).status).toBe(404);
    expect((await withToken(token)).status).toBe(200);
  });
});

describe('changes with a session', () => {
  const change = (origin: string | null): Promise<Response> =>
    send('POST', '/api/sign-in-links', { headers: { cookie: admin.cookie, ...(origin === null ? {} : { origin }) }, body: { name: 'origin', role: 'viewer' } });

  it('are accepted from our own pages, by every loopback name', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) expect((await change(`http://${host}:${server.port}`)).status).toBe(201);
  });

  it.each(['http://evil.example', 'null', 'https://localhost', 'http://localhost.evil.example', ''])('are refused from %j', async (origin) => {
    const response = await change(origin);
    expect([response.status, await codeOf(response)]).toEqual([403, 'ORIGIN_REFUSED']);
  });

  it('are refused without an origin', async () => {
    expect((await change(null)).status).toBe(403);
  });

  it('include the sign-in itself when another page sends it', async () => {
    expect((await send('POST', '/api/session', { headers: { origin: 'http://evil.example' }, body: { secret: secretOf(await linkFor('forced', 'viewer')) } })).status).toBe(403);
  });
});

describe('the audit', () => {
  it('refuses to be changed, even by the owner of the table', async () => {
    for (const statement of ["UPDATE audit_row SET actor = 'x'", 'DELETE FROM audit_row', 'TRUNCATE audit_row', 'DELETE FROM audit_head']) {
      await expect(postgres.query(statement)).rejects.toThrow('append-only');
    }
  });

  it('stays one unbroken chain when many write at once', async () => {
    await Promise.all(Array.from({ length: 24 }, (_, i) => linkFor(`crowd ${i}`, 'viewer')));
    const rows = (await audit()).reverse();
    expect(rows.length).toBeGreaterThan(24);
    expect(findBrokenLink(rows)).toBeNull();
    expect(findBrokenLink(rows.map((row, i) => (i === 5 ? { ...row, actor: 'somebody else' } : row)))).toBe(rows[5]?.id);
    expect(findBrokenLink(rows.filter((_, i) => i !== 7))).toBe(rows[8]?.id);
  });

  it('keeps a change from happening when it cannot be written', async () => {
    await postgres.query('ALTER TABLE audit_row ADD CONSTRAINT no_room CHECK (false) NOT VALID');
    try {
      expect((await admin.call('POST', '/api/sign-in-links', { name: 'unrecorded', role: 'viewer' })).status).toBe(500);
      expect((await admin.call('DELETE', '/api/session')).status).toBe(500);
    } finally {
      await postgres.query('ALTER TABLE audit_row DROP CONSTRAINT no_room');
    }
    expect(await userNamed('unrecorded')).toBeUndefined();
    expect((await admin.call('GET', '/api/session')).status).toBe(200);
  });

  it('names refused attempts to change something', async () => {
    const viewer = await signInAs('curious', 'viewer');
    await viewer.call('POST', '/api/sign-in-links', { name: 'me', role: 'admin' });
    expect((await audit())[0]).toMatchObject({ actor: 'curious', action: 'access.deny', subject: 'POST /api/sign-in-links', outcome: 'denied', details: { code: 'PERMISSION_DENIED' } });
  });

  it('is read page by page', async () => {
    const [first, second] = await admin.need<AuditRowView[]>('GET', '/api/audit?limit=2');
    expect(await admin.need('GET', `/api/audit?limit=1&before=${first?.id}`)).toEqual([second]);
  });
});

describe('answers', () => {
  it('to a wrong request list every problem with its path', async () => {
    const { status, body } = await admin.call<ErrorBody>('POST', '/api/tokens', { name: '', role: 'king', expiresInDays: 0 });
    expect([status, body.error.code]).toEqual([400, 'INVALID_REQUEST']);
    for (const path of ['name: ', 'role: ', 'expiresInDays: ']) expect(body.error.message).toContain(path);
  });

  it('never show what failed inside', async () => {
    await postgres.query('ALTER TABLE api_token RENAME TO api_token_away');
    const { status, body } = await admin.call<ErrorBody>('GET', '/api/tokens').finally(() => postgres.query('ALTER TABLE api_token_away RENAME TO api_token'));
    expect([status, body.error.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(body)).not.toContain('api_token');
    expect(server.output()).toContain(String(body.error.details['logId']));
    expect(server.output()).toContain('relation \\"api_token\\" does not exist');
  });

  it('slow guessing down: the eleventh wrong link within a minute has to wait', async () => {
    const statuses: number[] = [];
    let last: Response | null = null;
    for (let i = 0; i < 11; i += 1) statuses.push((last = await useLink('guess'.repeat(8))).status);
    expect(statuses.at(-1)).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
