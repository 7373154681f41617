import { rmSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#contracts';
import { errorCode } from '../console/failure-line.js';
import { identifyProcess, type ProcessIdentity } from './process-identity.js';

const holderSchema = z.object({ pid: z.number().int().positive(), startedAt: z.string(), command: z.string() });

export interface DataDirLock {
  /** Synchronous, so that it also works in an exit handler; harmless when repeated. */
  release(): void;
}

/**
 * Makes this process the only one on a data directory, or throws DATA_DIR_IN_USE. The lock is a file that names its holder; a holder that was
 * killed is recognised by its pid and start time and stepped over, so nobody ever has to delete the file by hand.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const path = join(dataDir, 'lock');
  const own = `${path}.${process.pid}`;
  const me = await identifyProcess(process.pid);
  await writeFile(own, JSON.stringify(me ?? { pid: process.pid, startedAt: '', command: '' }), { mode: 0o644 });
  try {
    // A link, not a write: the lock appears with its content or not at all.
    while (!(await tryLink(own, path))) await removeIfStale(path, dataDir);
  } finally {
    await rm(own, { force: true });
  }
  return { release: () => rmSync(path, { force: true }) };
}

async function tryLink(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfStale(path: string, dataDir: string): Promise<void> {
  const content = await readOrNull(path);
  if (content === null) return;
  const holder = await livingHolder(content);
  if (holder !== null) throw new AppError('DATA_DIR_IN_USE', { path: dataDir, pid: holder.pid, command: holder.command });
  // Two starts may find the same stale lock. Moving it away is for one of them only; who moved away a fresh one by mistake puts it back.
  const aside = `${path}.stale.${process.pid}`;
  await rename(path, aside).catch(ignoreMissing);
  const moved = await readOrNull(aside);
  if (moved !== null && moved !== content) await tryLink(aside, path);
  await rm(aside, { force: true });
}

/** Null when the holder is gone, its pid belongs to another process by now, or the file is not ours to read. */
async function livingHolder(content: string): Promise<ProcessIdentity | null> {
  const parsed = holderSchema.safeParse(jsonOrNull(content));
  if (!parsed.success) return null;
  const living = await identifyProcess(parsed.data.pid);
  return living !== null && living.startedAt === parsed.data.startedAt ? living : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file cut short by a full disk or a power loss names nobody, so nobody holds it.
    return null;
  }
}

async function readOrNull(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(ignoreMissing);
}

function ignoreMissing(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
