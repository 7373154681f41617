import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#contracts';
import { errorCode, isDiskFull } from '../console/failure-line.js';
import type { PostgresBinaries } from './binaries.js';
import { giveTo, type Launcher } from './launcher.js';

export const SUPERUSER = 'faultline';

export interface Cluster {
  /** PostgreSQL's own data directory. */
  readonly path: string;
  readonly password: string;
}

export interface ClusterPlace {
  readonly dataDir: string;
  readonly binaries: PostgresBinaries;
  readonly launcher: Launcher;
}

export function clusterPath(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** The existing cluster, or a new one on the first start. Throws POSTGRES_FAILED when there is one that this server cannot run. */
export async function openCluster(place: ClusterPlace, report: (text: string) => void): Promise<Cluster> {
  const path = clusterPath(place.dataDir);
  const version = await readOrNull(join(path, 'PG_VERSION'));
  if (version === null) {
    report('creating the database (first start only)');
    return { path, password: await createCluster(place, path) };
  }
  await requireSameMajor(place, path, version.trim());
  return { path, password: await storedPassword(place.dataDir) };
}

/** Built beside its place and moved there when complete, so that a start that is killed half-way leaves nothing that looks like a cluster. */
async function createCluster({ dataDir, binaries, launcher }: ClusterPlace, path: string): Promise<string> {
  const draft = `${path}.new`;
  await rm(draft, { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await giveTo(launcher.account, draft);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = passwordPath(dataDir);
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  // initdb reads it as its own user. It learns nothing by that: who owns a cluster owns its passwords.
  await giveTo(launcher.account, passwordFile);
  const { file, args, options } = launcher.command(binaries.initdb, ['-D', draft, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C']);
  await promisify(execFile)(file, [...args], { ...options, shell: false }).catch(failInitdb);
  await rename(draft, path);
  return password;
}

function failInitdb(error: unknown): never {
  if (isDiskFull(error) || (error instanceof Error && /No space left on device/.test(error.message))) throw Object.assign(new Error('initdb: no space left on device', { cause: error }), { code: 'ENOSPC' });
  const reason = error instanceof Error ? error.message.trim().split('\n').slice(-3).join(' ') : String(error);
  throw new AppError('POSTGRES_FAILED', { reason: `initdb could not create the database: ${reason}` }, { cause: error });
}

/** PostgreSQL reads only data of its own major version. */
async function requireSameMajor({ binaries, launcher }: ClusterPlace, path: string, version: string): Promise<void> {
  const { file, args, options } = launcher.command(binaries.postgres, ['--version']);
  const { stdout } = await promisify(execFile)(file, [...args], { ...options, shell: false });
  const major = /\s(\d+)/.exec(String(stdout))?.[1];
  if (major !== version) throw new AppError('POSTGRES_FAILED', { reason: `${path} was made by PostgreSQL ${version}, and this is ${major ?? 'another'}; move it away, or choose another directory with --data-dir` });
}

async function storedPassword(dataDir: string): Promise<string> {
  const password = await readOrNull(passwordPath(dataDir));
  if (password === null) throw new AppError('POSTGRES_FAILED', { reason: `${passwordPath(dataDir)} is missing, and without it the database beside it cannot be opened; put it back, or choose another directory with --data-dir` });
  return password.trim();
}

function passwordPath(dataDir: string): string {
  return join(dataDir, 'postgres-password');
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
