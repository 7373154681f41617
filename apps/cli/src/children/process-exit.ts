import type { ChildProcess } from 'node:child_process';

/** Resolves, as the end of a sentence about the process, when it is gone or never came to be: "was killed by SIGKILL". */
export function exitOf(child: ChildProcess): Promise<string> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(describeExit(child.exitCode, child.signalCode));
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(describeExit(code, signal)));
    child.once('error', (error) => {
      // Also raised when a signal cannot be sent; then it still runs, and its exit comes later.
      if (child.pid === undefined) resolve(`could not be run (${error.message})`);
    });
  });
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `ended with exit code ${code ?? '?'}` : `was killed by ${signal}`;
}

/** Signals a process that leads a group, and all that is left of its group. */
export function killGroup(leader: ChildProcess, signal: NodeJS.Signals): void {
  if (leader.pid === undefined) return;
  try {
    process.kill(-leader.pid, signal);
  } catch {
    // ESRCH: nobody is left, which is what was wanted.
  }
}
