import { execFile, type SpawnOptions } from 'node:child_process';
import { chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#contracts';
import { errorCode } from '../console/failure-line.js';

/** The user that PostgreSQL's programs run as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** How to run one of PostgreSQL's programs: as somebody who is not root, and so that it ends when we are killed. */
export interface Launcher {
  /** Null: as ourselves. */
  readonly account: Account | null;
  command(program: string, args: readonly string[]): { readonly file: string; readonly args: readonly string[]; readonly options: SpawnOptions };
}

/** `nobody` on every Linux, by number because a container may lack the name. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/** Walks through directories that are closed to it, such as a home of mode 0700: no file is opened up for anybody else by that. */
const WALK_THROUGH = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];

/** initdb asks with access(2) whether it may run `postgres`, and access(2) ignores capabilities unless told so (capabilities(7), securebits). */
const ALSO_FOR_ACCESS = ['--securebits', '+no_setuid_fixup'];

/** SIGINT is PostgreSQL's fast shutdown. The kernel sends it when we die, however we die. */
const DIE_WITH_US = ['--pdeathsig', 'INT'];

/**
 * The first way of running the server that works on this machine. PostgreSQL refuses root, so root hands it to the owner of the
 * existing cluster, or to nobody for a new one.
 */
export async function findLauncher(postgres: string, clusterDir: string): Promise<Launcher> {
  const account = process.getuid?.() === 0 ? await clusterOwner(clusterDir) : null;
  const programsOpen = account === null || (await canWalk(dirname(postgres), account));
  const open = programsOpen && (account === null || (await canWalk(dirname(clusterDir), account)));
  const refusals: string[] = [];
  for (const launcher of candidates(account, open ? [] : [...WALK_THROUGH, ...(programsOpen ? [] : ALSO_FOR_ACCESS)])) {
    const { file, args, options } = launcher.command(postgres, ['--version']);
    const refusal = await promisify(execFile)(file, [...args], { ...options, shell: false }).then(() => null, reasonOf);
    if (refusal === null) return launcher;
    refusals.push(refusal);
  }
  const closed = `. The user ${account?.uid ?? ''} that it runs as cannot walk into ${clusterDir} and ${postgres}: install setpriv (util-linux), open the directories above with chmod o+x, or do not start as root`;
  throw new AppError('POSTGRES_FAILED', { reason: `its program does not run here: ${refusals.join('; ')}${open ? '' : closed}` });
}

/** Hands a file or directory to the account, so that it is private to it. */
export async function giveTo(account: Account | null, path: string): Promise<void> {
  if (account !== null) await chown(path, account.uid, account.gid);
}

function candidates(account: Account | null, privileges: readonly string[]): Launcher[] {
  const direct: Launcher = { account, command: (program, args) => ({ file: program, args, options: { cwd: '/', ...account } }) };
  if (process.platform !== 'linux') return [direct];
  const identity = account === null ? [] : ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups', ...privileges];
  const viaSetpriv: Launcher = { account, command: (program, args) => ({ file: 'setpriv', args: [...identity, ...DIE_WITH_US, program, ...args], options: { cwd: '/' } }) };
  return privileges.length === 0 ? [viaSetpriv, direct] : [viaSetpriv];
}

async function clusterOwner(clusterDir: string): Promise<Account> {
  try {
    const { uid, gid } = await stat(clusterDir);
    return uid === 0 ? NOBODY : { uid, gid };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return NOBODY;
    throw error;
  }
}

/** Whether every directory down to this one lets the account pass: by its owner, group or other `x` bit. */
async function canWalk(directory: string, account: Account): Promise<boolean> {
  const { mode, uid, gid } = await stat(directory);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  return dirname(directory) === directory || canWalk(dirname(directory), account);
}

function reasonOf(error: unknown): string {
  if (errorCode(error) === 'ENOENT') return 'setpriv is not installed';
  return error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? error.message) : String(error);
}
