import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const holderSchema = z.strictObject({ pid: z.number().int().positive(), startedAt: z.string().nullable() });
type Holder = z.infer<typeof holderSchema>;

export type LockResult = { readonly ok: true; readonly release: () => Promise<void> } | { readonly ok: false; readonly problem: string };

/** Takes a directory for this process, creating it when it is missing. A lock left by a process that is gone is taken over. */
export async function lockDirectory(directory: string): Promise<LockResult> {
  const path = join(directory, 'agent.lock');
  const own = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await createExclusively(path, own)) return { ok: true, release: () => rm(path, { force: true }) };
      const found = await readFile(path, 'utf8').catch(() => '');
      const holder = parseHolder(found);
      if (holder !== null && isAlive(holder)) return { ok: false, problem: `The directory ${directory} is in use by the agent with process id ${holder.pid}. Stop that agent, or set FAULTLINE_AGENT_DATA to another directory.` };
      await clearStale(path, found);
    }
    return { ok: false, problem: `The directory ${directory} is being taken by another agent at this moment. Start again, or set FAULTLINE_AGENT_DATA to another directory.` };
  } catch (error) {
    return { ok: false, problem: `The directory ${directory} cannot be used: ${(error as Error).message}. Set FAULTLINE_AGENT_DATA to a directory that can be written.` };
  }
}

async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the lock aside before removing it: of two agents that both found it stale, only one can move it, and a fresh lock is put back. */
async function clearStale(path: string, found: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  const moved = await rename(path, aside).then(() => true, () => false);
  if (!moved) return;
  const text = await readFile(aside, 'utf8').catch(() => '');
  await rm(aside, { force: true });
  if (text !== found) await createExclusively(path, text);
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // A lock that was cut short belongs to a process that died while it wrote it.
    return null;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startedAt === null || startedAt === startOf(pid);
}

/** When a process started, in the kernel's ticks: tells a living holder from a stranger that got its process id. Null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22 (proc(5)); the second field, a name in parentheses, may itself have blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    // Not Linux, or the process is gone: the process id alone has to do.
    return null;
  }
}
