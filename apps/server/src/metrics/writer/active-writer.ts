import { setTimeout as pause } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { clipRun, RemoteWriteDecoder, RemoteWriteError } from '#metrics';
import { isDatabaseUnavailable } from '../../storage/database-failure.js';
import type { WriterReplacedError } from '../../storage/metrics/journal.store.js';
import type { MetricStorage } from '../../storage/metrics/open-metric-storage.js';
import type { StoredSeries } from '../../storage/metrics/series.store.js';
import type { HeadAnswer, HeadQuestion } from '../head-messages.js';
import { HeadBoard } from '../head-board.js';
import { packRuns } from '../packed-runs.js';
import type { PackedRuns } from '../packed-runs.js';
import { HeadPart } from './head-part.js';
import { Head } from './head.js';
import { JournalFeed, NotCommittedError } from './journal-feed.js';
import { MetricWriter, OverloadedError, UnknownKeysError } from './metric-writer.js';
import type { WriteOutcome } from './metric-writer.js';
import { recover } from './recover.js';
import type { Recovered } from './recover.js';
import { SampleIntake } from './sample-intake.js';
import { SeriesAdmission } from './series-admission.js';
import { WriteMaintenance } from './write-maintenance.js';
import type { WriteFailure, WriterCounts, WriterReport, WriterRequest, WriterSettings } from './writer-messages.js';

/** The one writer of this moment, from its epoch to its end. */
export class ActiveWriter {
  private samples = 0;
  private readonly refused: Record<string, number> = {};

  private constructor(
    private readonly parts: { readonly head: Head; readonly feed: JournalFeed; readonly admission: SeriesAdmission; readonly writer: MetricWriter; readonly maintenance: WriteMaintenance; readonly board: HeadBoard },
  ) {}

  /** Reads the journal first. */
  static async start(epoch: number, settings: WriterSettings, storage: MetricStorage, hooks: WriterHooks): Promise<{ readonly active: ActiveWriter; readonly recovered: Recovered }> {
    const board = new HeadBoard(settings.board);
    board.begin(epoch);
    // What is read back comes in any order of time: nothing is certain before all of it is there.
    let isRead = false;
    const head = new Head(settings.limits.outOfOrderMs, (oldestMs) => {
      if (isRead) board.headFrom(oldestMs);
    });
    const admission = new SeriesAdmission(storage.series, head, settings.limits, hooks.registered);
    const recovered = await recover({ ...storage, head, admission, nowMs: Date.now() });
    isRead = true;
    board.headFrom(head.oldestMs);
    const sink = {
      openPart: (part: number) => storage.journal.openPart(part),
      append: ({ part, ...row }: { readonly part: number; readonly seq: number; readonly samples: number; readonly data: Uint8Array }) => storage.journal.append(epoch, part, row),
      appendBeside: (beside: Parameters<typeof appendBeside>[1]) => appendBeside(storage, beside, hooks.troubled),
    };
    const partOpened = (part: number): void => head.openPart(new HeadPart(part, Date.now()));
    const feed = new JournalFeed(sink, { firstPart: recovered.nextPart, partOpened, ...hooks });
    await feed.nextPart();
    const intake = new SampleIntake({ head, feed, slots: admission.slots, limits: settings.limits, nowMs: Date.now });
    const decoder = new RemoteWriteDecoder({ maxBytes: settings.maxBodyBytes, seed: { low: randomBytes(4).readInt32LE(), high: randomBytes(4).readInt32LE() } });
    const writer = new MetricWriter({ decoder, admission, intake, feed });
    const maintenance = new WriteMaintenance({ epoch, head, feed, admission, blocks: storage.blocks, series: storage.series, pins: storage.pins, pace: settings.pace, keepMs: settings.limits.keepMs, nowMs: Date.now, swept: (isWritten) => writer.forgetKeys(isWritten), removed: hooks.removed, blocksChanged: () => board.blocksChanged() });
    return { active: new ActiveWriter({ head, feed, admission, writer, maintenance, board }), recovered };
  }

  async answer(request: Extract<WriterRequest, { id: number }>): Promise<WriterReport> {
    try {
      const { writer } = this.parts;
      const outcome = request.kind === 'write' ? await writer.write(request.version, request.body) : await writer.append(request.batch);
      this.count(outcome);
      return { kind: 'written', id: request.id, ...outcome };
    } catch (error) {
      return { kind: 'failed', id: request.id, failure: failureOf(error), message: error instanceof Error ? error.message : String(error) };
    }
  }

  answerReader(question: HeadQuestion): HeadAnswer {
    const { asker, id } = question;
    const { board } = this.parts;
    switch (question.kind) {
      case 'read':
        return { kind: 'runs', asker, id, runs: this.read(question), blocks: board.isLeased ? board.blocksState : null };
      case 'present':
        return { kind: 'ids', asker, id, seriesIds: this.present() };
      default:
        return question satisfies never;
    }
  }

  maintain(): Promise<void> {
    return this.parts.maintenance.round();
  }

  counts(): WriterCounts {
    const { head, admission } = this.parts;
    return { samples: this.samples, refused: this.refused, series: admission.slots.size, headSamples: head.sampleCount, refusedByMetric: admission.refusedByMetric };
  }

  /** Commits what was taken in. */
  async finish(withinMs: number): Promise<void> {
    await Promise.race([this.parts.feed.committed().catch(() => undefined), pause(withinMs)]);
  }

  private read({ seriesIds, fromMs, toMs }: Extract<HeadQuestion, { kind: 'read' }>): PackedRuns {
    const { head, admission } = this.parts;
    const found = Array.from(seriesIds, (seriesId) => ({ seriesId, slot: admission.slots.ofId(seriesId) }));
    return packRuns(found.flatMap(({ seriesId, slot }) => (slot === undefined ? [] : head.runs(slot).map((run) => ({ seriesId, samples: clipRun(run, fromMs, toMs) })))));
  }

  private present(): Uint32Array {
    const { head, admission } = this.parts;
    const slots = new Set(head.parts.flatMap((part) => [...part.slots()]));
    return Uint32Array.from(slots, (slot) => admission.slots.seriesAt(slot).id);
  }

  private count({ samples, histograms, refusals }: WriteOutcome): void {
    this.samples += samples + histograms;
    for (const { kind, count } of refusals) this.refused[kind] = (this.refused[kind] ?? 0) + count;
  }
}

export interface WriterHooks {
  readonly replaced: (error: WriterReplacedError) => void;
  readonly troubled: (error: Error) => void;
  readonly registered: (series: readonly StoredSeries[]) => void;
  readonly removed: (seriesIds: readonly number[]) => void;
}

/** What the database will never take must not hold up what it will: it is left out, and said. */
async function appendBeside(storage: MetricStorage, { exemplars, families }: { readonly exemplars: Parameters<MetricStorage['exemplars']['append']>[0]; readonly families: Parameters<MetricStorage['families']['put']>[0] }, troubled: (error: Error) => void): Promise<void> {
  try {
    if (exemplars.length > 0) await storage.exemplars.append(exemplars);
    if (families.size > 0) await storage.families.put(families);
  } catch (error) {
    if (isDatabaseUnavailable(error) || !(error instanceof Error)) throw error;
    troubled(error);
  }
}

function failureOf(error: unknown): WriteFailure {
  if (error instanceof RemoteWriteError) return error.problem;
  if (error instanceof UnknownKeysError) return 'unknown-keys';
  if (error instanceof OverloadedError || error instanceof NotCommittedError || isDatabaseUnavailable(error)) return 'overloaded';
  return 'internal';
}
