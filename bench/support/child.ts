import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program of this folder as a child process that talks over IPC. */
export function startChild(file: string): ChildProcess {
  return fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

export function nextMessage<T>(from: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`${from.spawnargs.join(' ')} exited with ${code}`));
    from.once('exit', gone);
    from.once('message', (message) => {
      from.off('exit', gone);
      resolve(message as T);
    });
  });
}

/** Sends `order` to a fresh child and gives its one answer. */
export async function askChild<T>(file: string, order: unknown): Promise<T> {
  const child = startChild(file);
  const answer = nextMessage<T>(child);
  child.send(order as object);
  const result = await answer;
  child.disconnect();
  return result;
}
