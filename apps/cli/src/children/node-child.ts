import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { AppError, childMessageSchema, type ChildMessage } from '#contracts';
import type { ProcessPlan, StartWatch } from './kept-process.js';
import { exitOf, killGroup } from './process-exit.js';

export type ReadyMessage = Extract<ChildMessage, { type: 'ready' }>;

/** One of Faultline's own programs. Arguments and environment are asked for at every start: a restart may need newer ones. */
export interface NodeChild {
  readonly name: string;
  readonly entry: string;
  readonly nodeFlags?: readonly string[];
  readonly args: () => readonly string[];
  readonly environment: () => Readonly<Record<string, string>>;
  /** Where it runs: the clone. */
  readonly directory: string;
  readonly onReady?: (message: ReadyMessage) => void;
}

/** Migrating a large database is the slowest of what a child may do first. */
const START_LIMIT_MS = 120_000;
const PROGRESS_EVERY_MS = 1_000;

export function nodeChildPlan(child: NodeChild): ProcessPlan {
  return {
    name: child.name,
    startLimitMs: START_LIMIT_MS,
    stopSignal: 'SIGTERM',
    forceSignal: 'SIGKILL',
    spawn: () => spawnNodeChild(child),
    untilReady: (running, watch) => untilReady(child, running, watch),
  };
}

/** A program that does one thing and ends. Resolves when it exits with 0; rejects with what it printed. The signal kills it. */
export async function runNodeChild(child: NodeChild, signal: AbortSignal): Promise<void> {
  const running = spawnNodeChild(child);
  const kill = (): void => killGroup(running, 'SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  const output: Buffer[] = [];
  let reason: string | null = null;
  running.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  running.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  running.on('message', (raw) => {
    const message = childMessageSchema.safeParse(raw);
    if (message.success && message.data.type === 'failed') reason = message.data.message;
  });
  const how = await exitOf(running);
  signal.removeEventListener('abort', kill);
  if (running.exitCode === 0) return;
  await Promise.race([once(running, 'close'), new Promise((resolve) => setTimeout(resolve, 200))]);
  throw new AppError('CHILD_FAILED', { child: child.name, reason: reason ?? `it ${how}.\n${Buffer.concat(output).toString().trimEnd()}` });
}

/** Of progress that comes faster than it can be read, some is left out; `ready` follows anyway. */
function atMostEvery(intervalMs: number, report: (text: string) => void): (text: string) => void {
  let lastMs = performance.now();
  return (text) => {
    if (performance.now() - lastMs < intervalMs) return;
    lastMs = performance.now();
    report(text);
  };
}

/**
 * Detached makes it the leader of a group of its own: Ctrl-C in the terminal then reaches only us, and we stop the parts in their order.
 * The IPC channel is its lifeline: it closes when we are killed, and the child ends by itself.
 */
function spawnNodeChild(child: NodeChild): ChildProcess {
  return spawn(process.execPath, [...(child.nodeFlags ?? []), child.entry, ...child.args()], {
    cwd: child.directory,
    env: child.environment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
}

function untilReady(child: NodeChild, running: ChildProcess, watch: StartWatch): Promise<void> {
  const report = atMostEvery(PROGRESS_EVERY_MS, watch.report);
  return new Promise((resolve, reject) => {
    running.on('message', (raw) => {
      const parsed = childMessageSchema.safeParse(raw);
      // What else a library may send over the channel is not for us.
      if (!parsed.success) return;
      const message = parsed.data;
      if (message.type === 'progress') return report(message.message);
      if (message.type === 'failed') return reject(new AppError('CHILD_FAILED', { child: child.name, reason: message.message }));
      child.onReady?.(message);
      resolve();
    });
  });
}
