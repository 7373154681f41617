import { Worker } from 'node:worker_threads';
import { memoryProblem } from './memory-problem.js';
import type { Answer, Question } from './question.js';
import { QueryGate, type Admission } from './query-gate.js';
import type { FromThread, ThreadSettings, ToThread } from './thread-messages.js';

const MIB = 1_048_576;
const CLOSE_WITHIN_MS = 2_000;

export interface QueryThreadSettings extends Omit<ThreadSettings, 'maxBufferBytes'> {
  /** URL of the compiled thread entry. */
  readonly entry: URL;
  /** Questions that run at one time, and that wait for a place. */
  readonly maxConcurrent: number;
  readonly maxWaiting: number;
  /** Limit of the thread's heap, and again of its buffers. */
  readonly maxMemoryMib: number;
  /** A question ends itself at its time limit. So long behind it the thread is taken to be stuck, and is ended with all that runs in it. */
  readonly stuckAfterMs: number;
}

export interface AskOptions {
  readonly timeoutMs: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

type Refused = Extract<Answer, { readonly ok: false }>;

const NOT_ADMITTED: Readonly<Record<Exclude<Admission, 'admitted'>, Refused>> = {
  timeout: { ok: false, errorType: 'timeout', error: 'query timed out in query queue' },
  canceled: { ok: false, errorType: 'canceled', error: 'query was canceled in query queue' },
  full: { ok: false, errorType: 'unavailable', error: 'too many queries are waiting: try again later' },
};
const CLOSED: Refused = { ok: false, errorType: 'unavailable', error: 'the server is stopping' };

interface Running {
  readonly worker: Worker;
  readonly pending: Map<number, (answer: Answer) => void>;
  ready: boolean;
  /** Why it is going to end, or has ended. */
  ending: Refused | null;
}

/** Answers questions in a thread of its own, and starts another when that dies: of memory, or because it is stuck. */
export class QueryThread {
  readonly #gate: QueryGate;
  #running: Running | null = null;
  #closed = false;
  #lastId = 0;

  /** `report` is told of threads that end when they should not. */
  constructor(
    private readonly settings: QueryThreadSettings,
    private readonly report: (problem: string) => void,
  ) {
    this.#gate = new QueryGate(settings.maxConcurrent, settings.maxWaiting);
  }

  /** Whether the store is open. */
  get ready(): boolean {
    return this.#running?.ready === true;
  }

  /** Saves the first question the wait for the store. */
  start(): void {
    if (!this.#closed) this.#running ??= this.#launch();
  }

  /** Never rejects. */
  async ask(question: Question, { timeoutMs, signal }: AskOptions): Promise<Answer> {
    const sinceMs = performance.now();
    const admission = await this.#gate.enter(timeoutMs, signal);
    if (admission !== 'admitted') return NOT_ADMITTED[admission];
    try {
      return await this.#askThread(question, { timeoutMs: Math.max(1, timeoutMs - (performance.now() - sinceMs)), signal });
    } finally {
      this.#gate.leave();
    }
  }

  /** Questions that still run are refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = this.#running;
    if (running === null) return;
    running.ending = CLOSED;
    const exited = new Promise<void>((resolve) => void running.worker.once('exit', () => resolve()));
    post(running, { type: 'close' });
    const timer = setTimeout(() => void running.worker.terminate(), CLOSE_WITHIN_MS);
    await exited;
    clearTimeout(timer);
  }

  async #askThread(question: Question, { timeoutMs, signal }: AskOptions): Promise<Answer> {
    if (this.#closed) return CLOSED;
    this.start();
    const running = this.#running!;
    const id = ++this.#lastId;
    const cancel = (): void => post(running, { type: 'cancel', id });
    const stuck = setTimeout(() => this.#endStuck(running), timeoutMs + this.settings.stuckAfterMs);
    try {
      return await new Promise<Answer>((resolve) => {
        running.pending.set(id, resolve);
        post(running, { type: 'ask', id, question, timeoutMs });
        signal.addEventListener('abort', cancel, { once: true });
        if (signal.aborted) cancel();
      });
    } finally {
      clearTimeout(stuck);
      signal.removeEventListener('abort', cancel);
    }
  }

  #launch(): Running {
    const { entry, source, engine, maxMemoryMib } = this.settings;
    const workerData: ThreadSettings = { source, engine, maxBufferBytes: maxMemoryMib * MIB };
    // Flags of the process, such as a test runner's, are not the thread's.
    const worker = new Worker(entry, { name: 'metric queries', execArgv: [], workerData, resourceLimits: { maxOldGenerationSizeMb: maxMemoryMib } });
    const running: Running = { worker, pending: new Map(), ready: false, ending: null };
    worker.on('message', (message: FromThread) => take(running, message));
    worker.on('error', (error) => (running.ending ??= this.#refusalOf(error)));
    worker.on('exit', () => this.#afterExit(running));
    return running;
  }

  #refusalOf(error: unknown): Refused {
    const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (outOfMemory) return { ok: false, errorType: 'execution', error: memoryProblem(this.settings.maxMemoryMib * MIB) };
    return { ok: false, errorType: 'internal', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }

  #endStuck(running: Running): void {
    running.ending ??= { ok: false, errorType: 'timeout', error: 'query timed out in query execution' };
    void running.worker.terminate();
  }

  #afterExit(running: Running): void {
    const refusal = running.ending ?? { ok: false, errorType: 'internal', error: 'The thread for metric queries ended without a reason.' };
    this.#running = null;
    for (const resolve of running.pending.values()) resolve(refusal);
    if (this.#closed) return;
    this.report(`The thread for metric queries ended: ${refusal.error}`);
    // One that never opened its store would not the next time either: the next question tries.
    if (running.ready) this.start();
  }
}

function take(running: Running, message: FromThread): void {
  switch (message.type) {
    case 'ready':
      running.ready = true;
      return;
    case 'failed':
      running.ending = { ok: false, errorType: 'unavailable', error: message.problem };
      return;
    case 'answer':
      return settle(running, message.id, { ok: true, body: new Uint8Array(message.buffer, 0, message.length) });
    case 'refusal':
      return settle(running, message.id, { ok: false, errorType: message.errorType, error: message.error });
  }
}

function settle(running: Running, id: number, answer: Answer): void {
  running.pending.get(id)?.(answer);
  running.pending.delete(id);
}

function post({ worker }: Running, message: ToThread): void {
  worker.postMessage(message);
}
