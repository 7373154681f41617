import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../clock.js';
import type { Undo } from '../faults/undo.js';
import type { Log } from '../log.js';
import { jsonLine, readJsonLines } from './json-lines.js';
import type { Watchdog } from './watchdog.js';
import { watchdogWordSchema } from './watchdog-message.js';
import type { WatchdogOrder } from './watchdog-message.js';

export interface WatchdogOptions {
  readonly clock: Clock;
  readonly log: Log;
}

const ENTRY = fileURLToPath(new URL('./watchdog-process.js', import.meta.url));
// A Node process starts in some 50 ms, on a busy host in a second; without the watchdog's word nothing is applied.
const ANSWERS_WITHIN_MS = 5_000;

export function createWatchdog(options: WatchdogOptions): Watchdog {
  return new WatchdogClient(options);
}

/** The agent's end of the pipe to its watchdog. */
class WatchdogClient implements Watchdog {
  private child: ChildProcess | null = null;
  private lost = false;
  /** Faults that it was told of and not told to forget. */
  private readonly held = new Set<string>();
  private readonly waiting = new Map<string, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  private readonly onLostActs: (() => void)[] = [];

  constructor(private readonly options: WatchdogOptions) {}

  get state(): Watchdog['state'] {
    if (this.child !== null) return 'running';
    return this.lost ? 'lost' : 'not-needed';
  }

  async hold(undo: Undo, leaseLeftMs: number): Promise<void> {
    this.child ??= this.begin();
    this.held.add(undo.faultId);
    const answered = this.answer(undo.faultId);
    this.tell({ type: 'hold', undo, leaseLeftMs });
    return answered.catch((error: unknown) => {
      this.release(undo.faultId);
      throw error;
    });
  }

  renew(faultId: string, leaseLeftMs: number): void {
    this.tell({ type: 'renew', faultId, leaseLeftMs });
  }

  release(faultId: string): void {
    this.held.delete(faultId);
    if (this.held.size === 0) this.lost = false;
    this.tell({ type: 'release', faultId });
  }

  onLost(act: () => void): void {
    this.onLostActs.push(act);
  }

  /** Closes the pipe: it undoes what is still held, and ends. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === null) return;
    this.held.clear();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    await gone;
  }

  private begin(): ChildProcess {
    // Its words for people go where the agent's go. `detached` gives it a session of its own.
    const env = { PATH: process.env['PATH'], FAULTLINE_LOG_LEVEL: this.options.log.level };
    const child = spawn(process.execPath, [ENTRY], { detached: true, stdio: ['pipe', 'pipe', 'inherit'], env });
    child.stdin.on('error', () => undefined);
    readJsonLines(child.stdout, watchdogWordSchema, ({ faultId }) => this.waiting.get(faultId)?.resolve());
    child.once('error', () => this.ended(child));
    child.once('exit', () => this.ended(child));
    this.lost = false;
    return child;
  }

  private answer(faultId: string): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const cancel = this.options.clock.after(ANSWERS_WITHIN_MS, () => reject(new Error(`the watchdog did not answer within ${ANSWERS_WITHIN_MS} ms`)));
      const done = (act: () => void): void => {
        cancel();
        act();
      };
      this.waiting.set(faultId, { resolve: () => done(resolve), reject: (error) => done(() => reject(error)) });
    }).finally(() => this.waiting.delete(faultId));
  }

  private tell(order: WatchdogOrder): void {
    this.child?.stdin?.write(jsonLine(order));
  }

  private ended(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = null;
    for (const { reject } of this.waiting.values()) reject(new Error('the watchdog ended before it answered'));
    if (this.held.size === 0) return;
    this.lost = true;
    this.options.log.error({ faults: this.held.size }, 'The watchdog ended although faults are held: nothing would undo them after this agent.');
    for (const act of this.onLostActs) act();
  }
}
