import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../config/start-error.js';
import { sqlState } from './database-failure.js';
import { databaseStartError, placeOf, versionProblem, type DatabaseVersion } from './database-problem.js';
import { runMigrations } from './run-migrations.js';

// A Postgres that recovers from a crash refuses connections for some seconds; longer than this somebody should look.
const STARTING_UP = '57P03';
const START_UP_WAIT_MS = 30_000;
const START_UP_RETRY_MS = 500;
const CONNECT_TIMEOUT_MS = 10_000;

/** Checks that the database answers and is new enough, and brings its schema up to date. Throws a StartError of one line. */
export async function prepareDatabase(url: string): Promise<void> {
  try {
    const client = await connect(url);
    try {
      await refuseOldVersion(client, url);
      await runMigrations(client, url);
    } finally {
      await client.end();
    }
  } catch (error) {
    throw databaseStartError(error, url);
  }
}

async function connect(url: string): Promise<pg.Client> {
  for (let waitedMs = 0; ; waitedMs += START_UP_RETRY_MS) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    // A connection lost while idle is reported here; the next query on it fails and says so.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (sqlState(error) !== STARTING_UP || waitedMs >= START_UP_WAIT_MS) throw error;
      await sleep(START_UP_RETRY_MS);
    }
  }
}

async function refuseOldVersion(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<DatabaseVersion>("SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version");
  const problem = rows[0] === undefined ? null : versionProblem(rows[0], placeOf(url).address);
  if (problem !== null) throw new StartError(problem);
}
