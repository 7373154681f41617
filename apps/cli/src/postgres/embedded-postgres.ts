import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { KeptProcess, type ProcessPlan } from '../children/kept-process.js';
import { LogFile } from '../children/log-file.js';
import type { DataDir } from '../data-dir/data-dir.js';
import { pickFreePort } from '../port/listening-port.js';
import { awaitDatabase } from './await-database.js';
import { locatePostgres } from './binaries.js';
import { SUPERUSER, clusterPath, openCluster } from './cluster.js';
import { findLauncher } from './launcher.js';
import { stopLeftOver } from './left-over.js';

export interface EmbeddedPostgres {
  /** Superuser URL, with the password; stays the same until Faultline stops. */
  readonly url: string;
  readonly process: KeptProcess;
}

export interface PostgresHost {
  readonly dataDir: DataDir;
  readonly report: (text: string) => void;
  readonly onDiskFull: () => void;
}

/** A crash recovery replays at most the WAL below; on a slow disk that is a minute. */
const START_LIMIT_MS = 180_000;

/**
 * Small, because it shares a laptop with the demo; but as durable as in production: the kill tests lean on that.
 * No unix socket: one way in, 127.0.0.1 with a password.
 */
const SETTINGS: readonly string[] = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=64MB',
  'max_connections=50',
  'fsync=on',
  'synchronous_commit=on',
  'max_wal_size=512MB',
  // The few analytical queries are short; compiling them takes longer than running them.
  'jit=off',
  'log_line_prefix=%m [%p] ',
];

/** Prepares the embedded server: everything but starting it. */
export async function prepareEmbeddedPostgres({ dataDir, report, onDiskFull }: PostgresHost): Promise<EmbeddedPostgres> {
  const binaries = await locatePostgres();
  await stopLeftOver(clusterPath(dataDir.path));
  const launcher = await findLauncher(binaries.postgres, clusterPath(dataDir.path));
  const cluster = await openCluster({ dataDir: dataDir.path, binaries, launcher }, report);
  const port = await pickFreePort();
  const url = `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/faultline`;
  const settings = [...SETTINGS, `port=${port}`].flatMap((setting) => ['-c', setting]);
  const { file, args, options } = launcher.command(binaries.postgres, ['-D', cluster.path, ...settings]);
  const plan: ProcessPlan = {
    name: 'database',
    startLimitMs: START_LIMIT_MS,
    // PostgreSQL's fast shutdown, and its immediate one, after which it recovers at the next start.
    stopSignal: 'SIGINT',
    forceSignal: 'SIGQUIT',
    // Detached for the same reason as our own programs: Ctrl-C must not reach it before the server has stopped.
    spawn: () => spawn(file, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: cluster.path }),
    untilReady: (_child, { signal }) => awaitDatabase(url, signal),
  };
  return { url, process: new KeptProcess(plan, new LogFile(join(dataDir.log, 'postgres.log'), onDiskFull), report) };
}
