import { Worker } from 'node:worker_threads';
import { WriteFailedError } from './write-failed.js';
import type { WireBatch } from './writer/wire-batch.js';
import type { WriterCounts, WriterReport, WriterRequest, WriterSettings, WriterState } from './writer/writer-messages.js';

type Written = Extract<WriterReport, { kind: 'written' }>;

export interface WriterEvents {
  readonly state: (state: WriterState, why: string | null) => void;
  readonly counts: (counts: WriterCounts) => void;
  readonly log: (level: 'log' | 'warn' | 'error', message: string) => void;
  /** A new thread: it knows no keys. */
  readonly restarted: () => void;
}

const START_AGAIN_MS = 500;
const STARTING_AGAIN = 'The metric store is starting again.';
const STOP_WITHIN_MS = 5_000;

/** The thread that writes, from the outside: writes go in, outcomes come back, and when it ends another is started. */
export class WriterLink {
  private readonly waiting = new Map<number, { readonly resolve: (written: Written) => void; readonly reject: (error: WriteFailedError) => void }>();
  // Null between the end of one thread and the start of the next: what is sent to a thread that has ended is never answered.
  private worker: Worker | null;
  private lastId = 0;
  private stopping = false;

  constructor(
    private readonly settings: WriterSettings,
    private readonly events: WriterEvents,
  ) {
    this.worker = this.start();
  }

  /** `body` is handed over: it must not be used afterwards. Rejects with WriteFailedError. */
  write(version: 1 | 2, body: Uint8Array<ArrayBuffer>): Promise<Written> {
    return this.ask((worker, id) => worker.postMessage({ kind: 'write', id, version, body } satisfies WriterRequest, [body.buffer]));
  }

  /** Rejects with WriteFailedError. */
  append(batch: WireBatch): Promise<Written> {
    return this.ask((worker, id) => worker.postMessage({ kind: 'append', id, batch } satisfies WriterRequest));
  }

  /** After all that was taken in is committed. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { worker } = this;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ kind: 'stop' } satisfies WriterRequest);
    const timer = setTimeout(() => void worker.terminate(), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./writer/writer-thread.js', import.meta.url), { workerData: this.settings, execArgv: [] });
    worker.on('message', (report: WriterReport) => this.take(report));
    worker.on('error', (error: Error) => this.events.log('error', `The thread that writes metrics failed: ${error.stack ?? error.message}`));
    worker.on('exit', () => this.ended());
    return worker;
  }

  private ask(send: (worker: Worker, id: number) => void): Promise<Written> {
    const { worker } = this;
    if (worker === null) return Promise.reject(new WriteFailedError('overloaded', STARTING_AGAIN));
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      send(worker, id);
    });
  }

  private take(report: WriterReport): void {
    switch (report.kind) {
      case 'written':
      case 'failed':
        return this.settle(report);
      case 'state':
        return this.events.state(report.state, report.why);
      case 'counts':
        return this.events.counts(report.counts);
      case 'log':
        return this.events.log(report.level, report.message);
      case 'stopped':
        return;
      default:
        report satisfies never;
    }
  }

  private settle(report: Extract<WriterReport, { id: number }>): void {
    const waiting = this.waiting.get(report.id);
    this.waiting.delete(report.id);
    if (report.kind === 'written') waiting?.resolve(report);
    else waiting?.reject(new WriteFailedError(report.failure, report.message));
  }

  private ended(): void {
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(new WriteFailedError('overloaded', STARTING_AGAIN));
    this.waiting.clear();
    if (this.stopping) return;
    this.events.state('starting', 'The thread that writes metrics ended and is started again.');
    setTimeout(() => {
      if (this.stopping) return;
      this.worker = this.start();
      this.events.restarted();
    }, START_AGAIN_MS).unref();
  }
}
