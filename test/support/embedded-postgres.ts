import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { locatePostgres, type PostgresBinaries } from '../../apps/cli/src/postgres/binaries.js';
import { findLauncher, giveTo, type Launcher } from '../../apps/cli/src/postgres/launcher.js';

/** A throw-away real PostgreSQL, from the same npm binaries as the product's own. */
export interface EmbeddedPostgres {
  /** Of the database `faultline`; the same before and after a restart. */
  readonly url: string;
  readonly dataDir: string;
  /** Of what was started: the server, or what starts it as somebody else. */
  pid(): number;
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
const START_WAIT_MS = 60_000;

/** `synced`: commits wait for the disk, as they do in production; tests kill processes and not machines, and need not. */
export async function startEmbeddedPostgres({ synced = false }: { readonly synced?: boolean } = {}): Promise<EmbeddedPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'faultline-test-pg-'));
  const programs = await findPrograms(dataDir);
  await giveTo(programs.launcher.account, dataDir);
  await initialize(programs, dataDir);
  const port = await freePort();
  const url = `postgres://${SUPERUSER}@127.0.0.1:${port}/postgres`;
  const launch = (): Promise<ChildProcess> => launchServer(programs, { dataDir, port, url, synced });
  let server = await launch();
  return {
    url,
    dataDir,
    pid: () => server.pid ?? 0,
    query: (sql, values) => query(url, sql, values),
    kill9: () => end(server, 'SIGKILL'),
    restart: async () => {
      server = await launch();
    },
    stop: async () => {
      // SIGINT is Postgres' fast shutdown: it does not wait for clients.
      await end(server, 'SIGINT');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Programs {
  readonly binaries: PostgresBinaries;
  readonly launcher: Launcher;
}

/** The product's own way of running PostgreSQL: as somebody who is not root, also below directories that are closed to them. */
async function findPrograms(dataDir: string): Promise<Programs> {
  const binaries = await locatePostgres();
  return { binaries, launcher: await findLauncher(binaries.postgres, dataDir) };
}

async function initialize({ binaries, launcher }: Programs, dataDir: string): Promise<void> {
  const child = spawnWith(launcher, binaries.initdb, ['-D', dataDir, '-U', SUPERUSER, '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  let output = '';
  child.stderr?.on('data', (bytes) => (output += String(bytes)));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (exitCode !== 0) throw new Error(`initdb ended with ${exitCode}: ${output}`);
}

async function launchServer({ binaries, launcher }: Programs, at: { dataDir: string; port: number; url: string; synced: boolean }): Promise<ChildProcess> {
  const settings = [`port=${at.port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', `fsync=${at.synced ? 'on' : 'off'}`, 'max_connections=60', 'shared_buffers=32MB'];
  const server = spawnWith(launcher, binaries.postgres, ['-D', at.dataDir, ...settings.flatMap((setting) => ['-c', setting])]);
  server.stderr?.resume();
  const deadlineMs = Date.now() + START_WAIT_MS;
  for (;;) {
    try {
      await query(at.url, 'SELECT 1');
      return server;
    } catch (cause) {
      if (server.exitCode !== null || Date.now() > deadlineMs) throw new Error('The test database did not start.', { cause });
      await sleep(100);
    }
  }
}

function spawnWith(launcher: Launcher, program: string, programArgs: readonly string[]): ChildProcess {
  const { file, args, options } = launcher.command(program, programArgs);
  return spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
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
