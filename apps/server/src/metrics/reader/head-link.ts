import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import type { HeadBoard } from '../head-board.js';
import type { StoredSeries } from '../../storage/metrics/series.store.js';
import { headChannelName } from '../head-messages.js';
import type { HeadAnswer, HeadMessage, HeadQuestion, HeadRequest } from '../head-messages.js';
import { unpackRuns } from '../packed-runs.js';
import type { SeriesSamples } from '../packed-runs.js';

// The thread that writes answers within milliseconds, unless it is being started.
const ASK_AGAIN_MS = 250;
const NO_ANSWER_MS = 5_000;

export interface HeadSamples {
  readonly samples: readonly SeriesSamples[];
  /** Names the state of all blocks at that moment; null where it is not known. */
  readonly blocks: string | null;
}

/** The way to the thread that writes: what is in no block yet, and which series come and go. */
export class HeadLink {
  private readonly channel: BroadcastChannel;
  private readonly asker = randomUUID();
  private readonly waiting = new Map<number, (answer: HeadAnswer) => void>();
  private lastId = 0;

  constructor(
    holder: string,
    private readonly board: HeadBoard,
    index: { add(series: readonly StoredSeries[]): void; remove(seriesIds: readonly number[]): void },
  ) {
    this.channel = new BroadcastChannel(headChannelName(holder));
    this.channel.unref();
    this.channel.onmessage = (event: unknown): void => {
      const message = (event as { readonly data: HeadMessage }).data;
      if (message.kind === 'series') index.add(message.series);
      else if (message.kind === 'removed') index.remove(message.seriesIds);
      else if (message.kind !== 'read' && message.kind !== 'present' && message.asker === this.asker) this.waiting.get(message.id)?.(message);
    };
  }

  /** Nothing when another server writes: its newest samples are seen here when they are in blocks. */
  async read(query: { readonly seriesIds: Uint32Array; readonly fromMs: number; readonly toMs: number }, signal: AbortSignal): Promise<HeadSamples> {
    const blocks = this.board.blocksUntil(query.toMs);
    if (blocks !== null) return { samples: [], blocks };
    const answer = await this.answer({ kind: 'read', ...query }, signal);
    return answer.kind === 'runs' ? { samples: unpackRuns(answer.runs), blocks: answer.blocks } : { samples: [], blocks: null };
  }

  /** Series with samples that are in no block yet. */
  async present(signal: AbortSignal): Promise<Uint32Array> {
    const answer = await this.answer({ kind: 'present' }, signal);
    return answer.kind === 'ids' ? answer.seriesIds : new Uint32Array(0);
  }

  close(): void {
    this.channel.close();
  }

  private async answer(request: HeadRequest, signal: AbortSignal): Promise<HeadAnswer> {
    for (;;) {
      signal.throwIfAborted();
      const answer = await this.ask(request);
      if (answer !== null && answer.kind !== 'not-yet') return answer;
      if (answer !== null) await pause(ASK_AGAIN_MS);
    }
  }

  /** Null when there is no answer: the thread is not there now. */
  private async ask(request: HeadRequest): Promise<HeadAnswer | null> {
    this.lastId += 1;
    const id = this.lastId;
    const timer = new AbortController();
    const answer = new Promise<HeadAnswer>((resolve) => this.waiting.set(id, resolve));
    this.channel.postMessage({ asker: this.asker, id, ...request } satisfies HeadQuestion);
    try {
      return await Promise.race([answer, pause(NO_ANSWER_MS, null, { signal: timer.signal })]);
    } finally {
      timer.abort();
      this.waiting.delete(id);
    }
  }
}
