import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';
import { PROJECT_ROOT } from '../../support/project-root.js';
import type { CallAnswer } from './answer-calls.js';

export interface CallOptions {
  /** The network namespace that it runs in; the test's own when left out. */
  readonly network?: string;
  /** A new namespace that is gone with the process. */
  readonly ownNetwork?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** A process of this suite that answers calls over its IPC channel; it may be stopped or killed at any moment. */
export class CallProcess {
  private readonly waiting = new Map<number, (answer: CallAnswer) => void>();
  private lastId = 0;
  private output = '';
  readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (bytes) => (this.output += String(bytes)));
    child.on('message', (answer: CallAnswer) => this.waiting.get(answer.id)?.(answer));
    this.ended = new Promise((resolve) => child.once('exit', () => resolve()));
    void this.ended.then(() => this.failWaiting());
  }

  /** `entry`: see entries.ts. */
  static start(entry: URL, { network, ownNetwork, env }: CallOptions = {}): CallProcess {
    const argv = [process.execPath, compiled(entry)];
    const within = ownNetwork === true ? ['unshare', '--net', '--'] : network === undefined ? [] : ['ip', 'netns', 'exec', network];
    const [program = '', ...args] = [...within, ...argv];
    return new CallProcess(spawn(program, args, { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What it wrote for people. */
  get log(): string {
    return this.output;
  }

  call<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    const id = (this.lastId += 1);
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, (answer) => {
        this.waiting.delete(id);
        if (answer.ok) resolve(answer.value as T);
        else reject(new Error(answer.problem));
      });
      this.child.send({ id, name, args }, (error) => {
        if (error !== null) this.waiting.get(id)?.({ id, ok: false, problem: error.message });
      });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private failWaiting(): void {
    for (const [id, answer] of this.waiting) answer({ id, ok: false, problem: `the process ended: ${this.output}` });
  }
}

/** Under Vitest the suite runs from its source; the child is always the compiled file. */
function compiled(entry: URL): string {
  const file = fileURLToPath(entry);
  const inTree = relative(PROJECT_ROOT, file);
  return inTree.startsWith('dist') ? file : join(PROJECT_ROOT, 'dist', inTree);
}
