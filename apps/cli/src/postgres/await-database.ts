import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '#contracts';
import { errorCode } from '../console/failure-line.js';

const TRY_EVERY_MS = 40;
/** SQLSTATE: the server is starting up, shutting down, or recovering; and what a socket says before it listens. */
const NOT_YET = new Set(['57P03', '57P01', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT']);
const NO_SUCH_DATABASE = '3D000';
const DUPLICATE_DATABASE = '42P04';
const WRONG_PASSWORD = '28P01';

/** Resolves when the database named by the URL answers; creates it on a new cluster. Waits as long as the server recovers, until the signal. */
export async function awaitDatabase(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const failure = await tryQuery(url, 'SELECT 1');
    if (failure === null) return;
    const code = errorCode(failure) ?? '';
    if (code === NO_SUCH_DATABASE) await createDatabase(url);
    else if (code === WRONG_PASSWORD) throw new AppError('POSTGRES_FAILED', { reason: 'the password in the file postgres-password is not the one of the database beside it; put the right file back' });
    else if (NOT_YET.has(code) || failure.message.startsWith('Connection terminated')) await sleep(TRY_EVERY_MS);
    else throw new AppError('POSTGRES_FAILED', { reason: failure.message }, { cause: failure });
  }
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  const name = maintenance.pathname.slice(1);
  maintenance.pathname = '/postgres';
  const failure = await tryQuery(maintenance.href, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  if (failure !== null && errorCode(failure) !== DUPLICATE_DATABASE) throw new AppError('POSTGRES_FAILED', { reason: `the database ${name} could not be created: ${failure.message}` }, { cause: failure });
}

async function tryQuery(url: string, sql: string): Promise<Error | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks between two awaits is reported here; the query in progress fails too, and that failure is the one we look at.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}
