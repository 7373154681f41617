import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childMessageSchema } from '#contracts';
import type { Assignment } from '../process/assignment.js';
import { nextRestart } from './backoff.js';

const ENTRY = fileURLToPath(new URL('../main.js', import.meta.url));
// Each process is small on purpose; thirteen of them share a laptop. A young generation of 1 MB trades a little speed for a lot of memory.
const NODE_FLAGS = ['--max-old-space-size=48', '--max-semi-space-size=1'];
// The services resolve no names and read no files, so the default of four threads is four stacks too many.
const NODE_ENV = { UV_THREADPOOL_SIZE: '1', NODE_ENV: 'production' };
const KILL_AFTER_MS = 2_000;

export interface ShopProcessOptions {
  readonly assignment: Assignment;
  readonly log: (line: string) => void;
  /** It serves for the first time. */
  readonly onReady: () => void;
  /** It ended before it ever served, for this reason; it is not started again. */
  readonly onFailed: (problem: string) => void;
}

/** One process of the shop, started again when it dies, until it is stopped. */
export class ShopProcess {
  readonly name: string;
  #child: ChildProcess | null = null;
  #startedAtMs = 0;
  #restarts = 0;
  #retry: NodeJS.Timeout | null = null;
  #everReady = false;
  #stopping = false;
  #problem: string | null = null;

  constructor(private readonly options: ShopProcessOptions) {
    this.name = options.assignment.name;
  }

  start(): void {
    if (this.#stopping) return;
    this.#startedAtMs = performance.now();
    this.#problem = null;
    const child = fork(ENTRY, ['process', this.name], { execArgv: NODE_FLAGS, env: NODE_ENV, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child = child;
    child.on('message', (message) => this.#heard(child, message));
    child.on('error', (error) => this.#ended(child, error.message));
    child.on('exit', (code, signal) => this.#ended(child, signal ?? `exit code ${code ?? '?'}`));
    child.send({ type: 'start', assignment: this.options.assignment }, () => {
      // A child that is gone before it can hear us is reported by its exit.
    });
  }

  /** Resolves when the process is gone, by force if need be. */
  stop(): Promise<void> {
    this.#stopping = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    const child = this.#child;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      const force = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  #heard(child: ChildProcess, message: unknown): void {
    const parsed = childMessageSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.type === 'failed') {
      this.#problem = parsed.data.message;
      child.kill('SIGTERM');
    }
    if (parsed.data.type !== 'ready') return;
    if (this.#everReady) this.options.log(`${this.name} is back`);
    else this.options.onReady();
    this.#everReady = true;
  }

  #ended(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    if (this.#stopping) return;
    const reason = this.#problem ?? `${this.name} died (${how})`;
    if (!this.#everReady) return this.options.onFailed(reason);
    const next = nextRestart({ livedMs: performance.now() - this.#startedAtMs, restarts: this.#restarts });
    this.#restarts = next.restarts;
    this.options.log(`${reason}; starting it again in ${next.waitMs} ms`);
    this.#retry = setTimeout(() => this.start(), next.waitMs);
  }
}
