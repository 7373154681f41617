import { readFile } from 'node:fs/promises';
import { whyFailed } from '../commands.js';
import type { Argv, RunCommand } from '../commands.js';

// CAP_NET_ADMIN of capabilities(7).
const NET_ADMIN_BIT = 12n;
// As root without the right to make namespaces, a user namespace of one's own still lends it.
const FRESH_NETWORK: readonly Argv[] = [['unshare', '--net', '--'], ['unshare', '--user', '--map-root-user', '--net', '--']];

/** Whether the text of `/proc/<pid>/status` grants the right to change the network. */
export function mayChangeNetwork(status: string): boolean {
  const effective = /^CapEff:\s+([0-9a-f]+)$/m.exec(status)?.[1];
  return effective !== undefined && ((BigInt(`0x${effective}`) >> NET_ADMIN_BIT) & 1n) === 1n;
}

export interface Trial {
  /** What is tried, in a word that people know: `netem`. */
  readonly what: string;
  readonly argv: Argv;
  readonly stdin: string;
}

/**
 * Tries a command out in a network of its own that is gone with it, so that what this kernel lacks is known before anyone asks for it.
 * Gives why it does not work; null when it does.
 */
async function tryOut(run: RunCommand, { what, argv, stdin }: Trial): Promise<string | null> {
  for (const fresh of FRESH_NETWORK) {
    // Apart from the trial, so that a lack of namespaces is not taken for a lack of what is tried.
    if ((await run([...fresh, 'true'])).exitCode !== 0) continue;
    const result = await run([...fresh, ...argv], { stdin });
    return result.exitCode === 0 ? null : `${what} does not work with this kernel: ${whyFailed(argv, result)}`;
  }
  return 'it cannot be tried out: this user may not make a network namespace (unshare)';
}

/** Why this user cannot change the network with the program; null when it can, and then may have done so before. */
export async function whyNoRights(run: RunCommand, program: string): Promise<string | null> {
  const installed = await run([program, '-V']);
  if (installed.exitCode === null) return installed.stderr;
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  return mayChangeNetwork(status) ? null : "the agent's user may not change the network: it lacks CAP_NET_ADMIN";
}

/** Why a script cannot be carried out on this host; null when it can. */
export async function whyNoPackets(run: RunCommand, trial: Trial): Promise<string | null> {
  return (await whyNoRights(run, trial.argv[0])) ?? tryOut(run, trial);
}
