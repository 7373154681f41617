import { chmod, mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#contracts';
import { errorCode, isDiskFull } from '../console/failure-line.js';

/** What lies where under the data directory. */
export interface DataDir {
  readonly path: string;
  readonly agent: string;
  readonly demo: string;
  readonly log: string;
  /** What the server scrapes unless the user says otherwise. */
  readonly scrapeFile: string;
}

const REMEDIES: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EACCES: ['this user may not write there', 'Change its owner or mode, or choose another with --data-dir'],
  EPERM: ['this user may not write there', 'Change its owner or mode, or choose another with --data-dir'],
  EROFS: ['it is on a read-only file system', 'Choose another with --data-dir'],
  ENOTDIR: ['a part of the path is a file', 'Choose another with --data-dir'],
  EEXIST: ['it is a file', 'Choose another with --data-dir'],
  ENOENT: ['nothing can be created there', 'Choose another with --data-dir'],
};

/** Creates the directory where it is missing and proves that it can be written. Throws DATA_DIR_UNUSABLE or DISK_FULL. */
export async function openDataDir(path: string, minFreeBytes: number): Promise<DataDir> {
  const dataDir = { path, agent: join(path, 'agent'), demo: join(path, 'demo'), log: join(path, 'log'), scrapeFile: join(path, 'scrape.yml') };
  try {
    await createDirectory(path, 0o700);
    // Private, except that PostgreSQL, which refuses to run as root, must be able to walk through; what is in it is private by itself.
    await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    await checkFreeSpace(path, minFreeBytes);
    for (const folder of [dataDir.agent, dataDir.demo, dataDir.log]) await createDirectory(folder, 0o700);
    await proveWritable(path);
  } catch (error) {
    throw asDataDirError(error, path);
  }
  return dataDir;
}

/** With its parents. Not Node's recursive mkdir, which never returns where a parent exists and still nothing can be created, as in /proc. */
async function createDirectory(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await createDirectory(dirname(path));
    await mkdir(path, { mode });
  }
}

/** A preflight, because a database that meets a full disk stops hard, minutes later and with a worse message. */
async function checkFreeSpace(path: string, minFreeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  const freeBytes = bavail * bsize;
  if (freeBytes < minFreeBytes) throw new AppError('DISK_FULL', { path, freeMb: Math.floor(freeBytes / 1e6), neededMb: Math.ceil(minFreeBytes / 1e6) });
}

async function proveWritable(path: string): Promise<void> {
  const probe = join(path, `.probe.${process.pid}`);
  await writeFile(probe, '');
  await rm(probe);
}

function asDataDirError(error: unknown, path: string): unknown {
  if (error instanceof AppError || isDiskFull(error)) return error;
  const [reason, remedy] = REMEDIES[errorCode(error) ?? ''] ?? [error instanceof Error ? error.message : String(error), 'Choose another with --data-dir'];
  return new AppError('DATA_DIR_UNUSABLE', { path, reason, remedy }, { cause: error });
}
