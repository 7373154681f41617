import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { AppError } from '#contracts';
import { backoffMs } from './backoff.js';
import type { LogFile } from './log-file.js';
import { exitOf, killGroup } from './process-exit.js';

/** How to run one kind of process. */
export interface ProcessPlan {
  /** As the console and error messages call it. */
  readonly name: string;
  /** Starts one, as the leader of a process group, with stdout and stderr piped. */
  spawn(): ChildProcess;
  /** Resolves when it serves; rejects with the reason when it says that it cannot. Its death is noticed elsewhere and aborts the signal. */
  untilReady(child: ChildProcess, watch: StartWatch): Promise<void>;
  readonly startLimitMs: number;
  readonly stopSignal: NodeJS.Signals;
  /** Ends it at once, leaving nothing that its own restart could not mend. */
  readonly forceSignal: NodeJS.Signals;
}

export interface StartWatch {
  report(progress: string): void;
  readonly signal: AbortSignal;
}

/** A process that ran this long was well: the next end of it is a new story, not the next failure of the old one. */
const SETTLED_MS = 30_000;
/** After the force signal; then SIGKILL, which nothing survives. */
const FORCE_GRACE_MS = 500;

/**
 * Starts a process and starts it again whenever it ends, until stopped:
 *
 *     start -> ready -> (ends) -> wait -> start -> ready ...   -> stop
 *
 * The first start either succeeds or throws; later ones are retried for ever and reported through `report`.
 */
export class KeptProcess {
  #child: ChildProcess | null = null;
  readonly #stopping = new AbortController();
  #failures = 0;

  constructor(
    private readonly plan: ProcessPlan,
    private readonly log: LogFile,
    private readonly report: (text: string) => void,
  ) {}

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when the process serves. Throws CHILD_FAILED with the process' own reason or its last lines. */
  async start(): Promise<void> {
    if (this.#stopping.signal.aborted) throw new AppError('CHILD_FAILED', { child: this.plan.name, reason: 'Faultline is stopping.' });
    const child = this.plan.spawn();
    this.#child = child;
    this.log.clearTail();
    child.stdout?.on('data', (chunk: Buffer) => this.log.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.log.write(chunk));
    const exit = exitOf(child);
    const startedMs = performance.now();
    const over = new AbortController();
    void exit.then(() => over.abort());
    try {
      await Promise.race([this.plan.untilReady(child, { report: this.report, signal: over.signal }), exit.then((how) => this.#diedAtStart(how)), this.#limit()]);
    } catch (error) {
      killGroup(child, 'SIGKILL');
      await exit;
      throw error;
    }
    void exit.then((how) => this.#keep(how, performance.now() - startedMs));
  }

  /** Ends the process and keeps it ended: its own signal first, the hard ones after `limitMs`. */
  async stop(limitMs: number): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child === null || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = exitOf(child);
    child.kill(this.plan.stopSignal);
    if (!(await within(exit, limitMs))) {
      child.kill(this.plan.forceSignal);
      await within(exit, FORCE_GRACE_MS);
    }
    // Whatever is left of its group: the process itself, or children it did not end.
    killGroup(child, 'SIGKILL');
    await exit;
  }

  /** For a second Ctrl-C and for exit handlers: synchronous, and asks nobody. */
  kill(): void {
    this.#stopping.abort();
    if (this.#child !== null) killGroup(this.#child, this.plan.forceSignal);
  }

  async #diedAtStart(how: string): Promise<never> {
    // Its last words may still be in the pipe when the exit is known.
    await sleep(50);
    const lines = this.log.tail();
    const said = lines.length === 0 ? 'It printed nothing.' : `Its last lines:\n${lines.map((line) => `    ${line}`).join('\n')}`;
    throw new AppError('CHILD_FAILED', { child: this.plan.name, reason: `it ${how}. Its log is ${this.log.path}. ${said}` });
  }

  async #limit(): Promise<never> {
    await sleep(this.plan.startLimitMs, undefined, { ref: false });
    throw new AppError('CHILD_FAILED', { child: this.plan.name, reason: `it was not ready after ${this.plan.startLimitMs / 1_000} s. Its log is ${this.log.path}.` });
  }

  async #keep(how: string, livedMs: number): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    // A process that is killed cannot end its own children, and they hold the ports of the next one.
    if (this.#child !== null) killGroup(this.#child, 'SIGKILL');
    if (livedMs > SETTLED_MS) this.#failures = 0;
    this.report(`${how}; starting it again`);
    await this.#revive();
  }

  async #revive(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#failures += 1;
      try {
        await sleep(backoffMs(this.#failures), undefined, { signal: this.#stopping.signal });
        await this.start();
        this.report('is back');
        return;
      } catch (error) {
        if (!this.#stopping.signal.aborted) this.report(`could not be started again: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

async function within(done: Promise<unknown>, limitMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(limitMs, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([done.then(() => true), late]);
  timer.abort();
  return inTime;
}
