import { setTimeout as pause } from 'node:timers/promises';
import { BroadcastChannel, parentPort, workerData } from 'node:worker_threads';
import { openMetricStorage } from '../../storage/metrics/open-metric-storage.js';
import { HeadBoard } from '../head-board.js';
import { headChannelName } from '../head-messages.js';
import type { HeadAnswer, HeadMessage, NewSeries, RemovedSeries } from '../head-messages.js';
import { ActiveWriter } from './active-writer.js';
import type { WriterReport, WriterRequest, WriterSettings, WriterState } from './writer-messages.js';

// Short, so that another server takes over soon; long enough that a pause of the garbage collector or of the database does not end it.
const LEASE_MS = 5_000;
const RENEW_EVERY_MS = 1_500;
const ASK_AGAIN_MS = 500;
const MAINTAIN_EVERY_MS = 2_000;
const COUNT_EVERY_MS = 1_000;
const FINISH_WITHIN_MS = 3_000;

const settings = workerData as WriterSettings;
const port = parentPort!;
const storage = openMetricStorage({ ...settings, lostConnection: (message) => log('warn', message) });
const readers = new BroadcastChannel(headChannelName(settings.holder));
let state: WriterState = 'starting';
const board = new HeadBoard(settings.board);
let writer: { readonly active: ActiveWriter; readonly epoch: number } | null = null;

port.on('message', (request: WriterRequest) => {
  if (request.kind === 'stop') void stop();
  else if (writer === null) report({ kind: 'failed', id: request.id, failure: 'overloaded', message: 'The metric store is not ready to write yet.' });
  else void writer.active.answer(request).then(report);
});

readers.onmessage = (event: unknown): void => {
  const message = (event as { readonly data: HeadMessage }).data;
  if (message.kind !== 'read' && message.kind !== 'present') return;
  const { asker, id } = message;
  const nothing: HeadAnswer = { kind: state === 'standby' ? 'elsewhere' : 'not-yet', asker, id };
  readers.postMessage(writer === null ? nothing : writer.active.answerReader(message));
};

await run();

async function run(): Promise<void> {
  const epoch = await takeLease();
  const renewal = setInterval(() => void renew(epoch), RENEW_EVERY_MS);
  tell('recovering', null);
  try {
    const { active, recovered } = await ActiveWriter.start(epoch, settings, storage, {
      replaced: giveWay,
      troubled: (error) => log('warn', `Metrics could not be committed and will be: ${error.message}`),
      registered: (series) => readers.postMessage({ kind: 'series', series } satisfies NewSeries),
      removed: (seriesIds) => {
        readers.postMessage({ kind: 'removed', seriesIds } satisfies RemovedSeries);
        if (seriesIds.length > 0) log('log', `Removed ${seriesIds.length} series that have no samples any more`);
      },
    });
    writer = { active, epoch };
    if (recovered.samples > 0) log('log', `Read ${recovered.samples} samples back from the journal`);
    tell('writing', null);
    setInterval(() => report({ kind: 'counts', counts: active.counts() }), COUNT_EVERY_MS);
    void maintain(active);
  } catch (error) {
    clearInterval(renewal);
    throw error;
  }
}

async function takeLease(): Promise<number> {
  for (; ; await pause(ASK_AGAIN_MS)) {
    try {
      const epoch = await leased(() => storage.lease.take(LEASE_MS));
      if (epoch !== null) return epoch;
      if (state !== 'standby') tell('standby', 'Another server writes metrics.');
    } catch (error) {
      tell('starting', `The database does not answer: ${messageOf(error)}`);
    }
  }
}

/** Notes how long nobody else can write when `ask` gives something. */
async function leased<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const askedMs = performance.now();
  const answer = await ask();
  if (answer !== null && answer !== false) board.leased(LEASE_MS, performance.now() - askedMs);
  return answer;
}

async function renew(epoch: number): Promise<void> {
  try {
    if ((await leased(() => storage.lease.renew(epoch, LEASE_MS))) === false) giveWay();
  } catch (error) {
    // Whoever takes the lease meanwhile raises the epoch, and then nothing more can be committed here.
    log('warn', `The metric writer's lease could not be renewed: ${messageOf(error)}`);
  }
}

/** Ends this thread: what it holds in memory is the other server's now. The next one starts as a standby. */
function giveWay(): never {
  log('warn', 'Another server has taken over writing metrics');
  process.exit(0);
}

async function maintain(active: ActiveWriter): Promise<void> {
  for (;;) {
    await pause(MAINTAIN_EVERY_MS);
    try {
      await active.maintain();
    } catch (error) {
      log('warn', `Metrics could not be moved to rest, and will be in the next round: ${messageOf(error)}`);
    }
  }
}

async function stop(): Promise<void> {
  if (writer !== null) {
    await writer.active.finish(FINISH_WITHIN_MS);
    await storage.lease.release(writer.epoch).catch(() => undefined);
  }
  report({ kind: 'stopped' });
  process.exit(0);
}

function tell(now: WriterState, why: string | null): void {
  state = now;
  report({ kind: 'state', state, why });
}

function log(level: 'log' | 'warn' | 'error', message: string): void {
  report({ kind: 'log', level, message });
}

function report(message: WriterReport): void {
  port.postMessage(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
