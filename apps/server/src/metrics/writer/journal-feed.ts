import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { JournalEncoder } from '#metrics';
import type { MetricMetadata } from '#metrics';
import type { ExemplarRow } from '../../storage/metrics/exemplars.store.js';
import { WriterReplacedError } from '../../storage/metrics/journal.store.js';
import { SampleColumns } from './sample-columns.js';
import { Waiter } from './waiter.js';

/** What is gathered while a commit is on its way. */
export interface GatheredBatch {
  readonly samples: SampleColumns;
  exemplars: ExemplarRow[];
  families: Map<string, MetricMetadata>;
  /** Of the requests that wait for this batch. */
  waiting: Waiter[];
}

export interface JournalRowToWrite {
  readonly part: number;
  readonly seq: number;
  readonly samples: number;
  readonly data: Uint8Array;
}

/** What the feed needs of storage. */
export interface JournalSink {
  openPart(part: number): Promise<void>;
  append(row: JournalRowToWrite): Promise<void>;
  appendBeside(beside: Pick<GatheredBatch, 'exemplars' | 'families'>): Promise<void>;
}

const RETRY_MS = 250;

/** The batch was not committed in time. It will be: whoever sends it again sends duplicates, which are fine. */
export class NotCommittedError extends Error {
  override readonly name = 'NotCommittedError';
}

/**
 * Commits what was received, one batch at a time: while one is on its way the next one gathers, so the busier it is, the larger the batches. A batch that was begun is never
 * given up: when the database is away it is tried again until it is in, because samples in it may have been taken for duplicates of it since.
 */
export class JournalFeed {
  #gathering = emptyBatch();
  #spare = emptyBatch();
  #running = false;
  #encoder = new JournalEncoder();
  #seq = 0;
  #part: number | null = null;
  #wanted: number;
  #opened: Waiter[] = [];
  #failure: Error | null = null;
  #stopped: Error | null = null;

  constructor(
    private readonly sink: JournalSink,
    private readonly hooks: {
      readonly firstPart: number;
      /** Called in the same turn in which the part becomes the one that is written to. */
      readonly partOpened: (part: number) => void;
      /** Another server writes now: nothing more can be committed. */
      readonly replaced: (error: WriterReplacedError) => void;
      readonly troubled: (error: Error) => void;
    },
  ) {
    this.#wanted = hooks.firstPart;
  }

  get gathering(): GatheredBatch {
    return this.#gathering;
  }

  /** Why the last try failed; null when it did not. */
  get failure(): Error | null {
    return this.#stopped ?? this.#failure;
  }

  /** Resolves when everything that was gathered until now is committed. Rejects when that fails at first, though it will be tried again. */
  committed(): Promise<void> {
    if (this.#stopped !== null) return Promise.reject(this.#stopped);
    const waiting = new Waiter();
    this.#gathering.waiting.push(waiting);
    this.#start();
    return waiting.done;
  }

  /** Makes the next part the one that is written to; resolves when it is. */
  nextPart(): Promise<void> {
    const opened = new Waiter();
    this.#opened.push(opened);
    if (this.#wanted === this.#part) this.#wanted += 1;
    this.#start();
    return opened.done;
  }

  /** No more is committed; those who wait are told. */
  stop(error: Error): void {
    this.#stopped = error;
    for (const { reject } of [...this.#gathering.waiting, ...this.#opened]) reject(error);
    this.#gathering.waiting = [];
    this.#opened = [];
  }

  #start(): void {
    if (this.#running || this.#stopped !== null) return;
    this.#running = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    // What else has arrived in this turn belongs in the same commit.
    await nextTurn();
    while (this.#stopped === null && (this.#part !== this.#wanted || this.#gathering.waiting.length > 0)) {
      if (this.#part !== this.#wanted) await this.#open();
      else await this.#commit();
    }
    // In the turn in which there was nothing to do: whoever comes a turn later starts again.
    this.#running = false;
  }

  async #open(): Promise<void> {
    await this.#untilDone(() => this.sink.openPart(this.#wanted), []);
    if (this.#stopped !== null) return;
    this.#part = this.#wanted;
    this.#encoder = new JournalEncoder();
    this.#seq = 0;
    this.hooks.partOpened(this.#part);
    for (const { resolve } of this.#opened.splice(0)) resolve();
  }

  async #commit(): Promise<void> {
    const batch = this.#gathering;
    this.#gathering = this.#spare;
    const { samples, waiting, exemplars, families } = batch;
    for (const piece of samples.pieces()) {
      const row = { part: this.#part!, seq: this.#seq++, samples: piece.count, data: this.#encoder.encode(piece) };
      await this.#untilDone(() => this.sink.append(row), waiting);
    }
    if (exemplars.length > 0 || families.size > 0) await this.#untilDone(() => this.sink.appendBeside({ exemplars, families }), waiting);
    if (this.#stopped === null) for (const { resolve } of waiting) resolve();
    samples.clear();
    this.#spare = { samples, exemplars: [], families: new Map(), waiting: [] };
  }

  async #untilDone(work: () => Promise<void>, waiting: Waiter[]): Promise<void> {
    while (this.#stopped === null) {
      try {
        await work();
        this.#failure = null;
        return;
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (error instanceof WriterReplacedError) {
          for (const { reject } of waiting) reject(error);
          this.stop(error);
          this.hooks.replaced(error);
          return;
        }
        this.#failure = error;
        this.hooks.troubled(error);
        const told = new NotCommittedError(`The samples are not committed yet: ${error.message}`, { cause: error });
        for (const { reject } of [...waiting.splice(0), ...this.#gathering.waiting.splice(0)]) reject(told);
        await pause(RETRY_MS);
      }
    }
  }
}

function emptyBatch(): GatheredBatch {
  return { samples: new SampleColumns(), exemplars: [], families: new Map(), waiting: [] };
}
