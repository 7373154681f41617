import type { Labels, RemoteWriteDecoder, SampleKind, WriteBatch } from '#metrics';
import type { JournalFeed } from './journal-feed.js';
import { Refusals } from './refusals.js';
import type { Refusal } from './refusals.js';
import type { SampleIntake } from './sample-intake.js';
import type { SeriesAdmission } from './series-admission.js';
import type { WireBatch } from './wire-batch.js';

/** What became of a write, all of it committed. Samples that were there already count as written. */
export interface WriteOutcome {
  readonly samples: number;
  readonly histograms: number;
  readonly exemplars: number;
  readonly refusals: readonly Refusal[];
}

type RefusedPart = Pick<Refusal, 'kind' | 'reason'>;
type RefusedSeries = ReadonlyMap<number, RefusedPart>;

/** The writer has more to commit than it can: nothing of the write was taken, and it may be sent again. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
}

/** The series of these keys are not known here: nothing was taken; send their labels along. */
export class UnknownKeysError extends Error {
  override readonly name = 'UnknownKeysError';
}

// A commit that takes a second at full speed. More would only wait.
const MAX_GATHERING = 1_000_000;
const REFUSED = -2;
const UNKNOWN = -1;
// Series become known while others are made; a third round means that they are also forgotten again.
const ROUNDS = 3;

/** Takes writes in, one way for each kind of sender, and answers when all is committed. */
export class MetricWriter {
  readonly #keyed = new Map<number, number>();

  constructor(
    private readonly parts: {
      readonly decoder: RemoteWriteDecoder;
      readonly admission: SeriesAdmission;
      readonly intake: SampleIntake;
      readonly feed: JournalFeed;
    },
  ) {}

  /** Throws RemoteWriteError, OverloadedError, NotCommittedError. */
  async write(version: 1 | 2, body: Uint8Array): Promise<WriteOutcome> {
    this.#checkLoad();
    const refused = new Map<number, RefusedPart>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const batch = this.parts.decoder.decode(version, body);
      const slots = this.#slotsOf(batch, refused);
      if (!slots.includes(UNKNOWN)) return this.#take(batch, slots, refused);
      await this.#admit(batch, slots, refused);
    }
    throw new OverloadedError('Series come and go faster than they can be told apart.');
  }

  /** Throws UnknownKeysError, OverloadedError, NotCommittedError. */
  async append(batch: WireBatch): Promise<WriteOutcome> {
    this.#checkLoad();
    await this.#introduce(batch);
    const refusals = new Refusals();
    const slots = Array.from(batch.keys, (key) => this.#keyed.get(key) ?? UNKNOWN);
    if (slots.includes(UNKNOWN)) throw new UnknownKeysError();
    const intake = this.parts.intake.begin(refusals);
    for (const [i, slot] of slots.entries()) {
      if (slot !== REFUSED) intake.sample(slot, batch.timesMs[i]!, batch.values[i]!, batch.kinds[i] as SampleKind, batch.startsMs?.[i] ?? 0, batch.histograms.get(i) ?? null);
    }
    for (const { key, ...exemplar } of batch.exemplars) intake.exemplar(this.#keyed.get(key) ?? REFUSED, exemplar);
    for (const [name, metadata] of batch.families) intake.family(name, metadata);
    await this.parts.feed.committed();
    return { ...intake.counts, refusals: refusals.list() };
  }

  /** After the series that nobody writes have been let go. */
  forgetKeys(isWritten: (slot: number) => boolean): void {
    for (const [key, slot] of this.#keyed) if (slot === REFUSED || !isWritten(slot)) this.#keyed.delete(key);
  }

  #checkLoad(): void {
    const { feed } = this.parts;
    if (feed.failure !== null) throw new OverloadedError(`The database takes no samples now: ${feed.failure.message}`);
    if (feed.gathering.samples.count > MAX_GATHERING) throw new OverloadedError(`${feed.gathering.samples.count} samples wait to be committed.`);
  }

  #slotsOf(batch: WriteBatch, refused: ReadonlyMap<number, unknown>): Int32Array {
    const slots = new Int32Array(batch.seriesCount);
    for (let series = 0; series < slots.length; series += 1) slots[series] = refused.has(series) ? REFUSED : this.parts.admission.slots.find(batch.keysLow[series]!, batch.keysHigh[series]!);
    return slots;
  }

  async #admit(batch: WriteBatch, slots: Int32Array, refused: Map<number, RefusedPart>): Promise<void> {
    const { admission } = this.parts;
    const named: { readonly series: number; readonly low: number; readonly high: number; readonly labels: Labels }[] = [];
    // Taken out of the batch at once: its memory belongs to the next request from the first await on.
    for (let series = 0; series < slots.length; series += 1) {
      if (slots[series] !== UNKNOWN) continue;
      const found = batch.labels(series);
      if (found.kind === 'rejected') {
        refused.set(series, { kind: 'malformed', reason: found.rejected.reason });
        continue;
      }
      const metadata = batch.metadata(series);
      if (metadata !== null) this.parts.intake.describe(found.labels, metadata);
      named.push({ series, low: batch.keysLow[series]!, high: batch.keysHigh[series]!, labels: found.labels });
    }
    await admission.admit(
      named.map(({ labels }) => labels),
      (i, verdict) => {
        const { series, low, high } = named[i]!;
        if (verdict.slot === null) refused.set(series, verdict);
        else admission.join(low, high, verdict.slot);
      },
    );
  }

  async #take(batch: WriteBatch, slots: Int32Array, refused: RefusedSeries): Promise<WriteOutcome> {
    const refusals = new Refusals();
    const intake = this.parts.intake.begin(refusals);
    let sample = 0;
    for (let series = 0; series < batch.seriesCount; series += 1) {
      const end = batch.sampleEnds[series]!;
      const slot = slots[series]!;
      if (slot === REFUSED) refusals.add(refused.get(series)!.kind, () => refused.get(series)!.reason, Math.max(1, end - sample));
      else for (let i = sample; i < end; i += 1) intake.sample(slot, batch.timesMs[i]!, batch.values[i]!, batch.kinds[i] as SampleKind, batch.startsMs[i]!, batch.histograms.get(i) ?? null);
      sample = end;
    }
    for (const { series, ...exemplar } of batch.exemplars) intake.exemplar(slots[series]!, exemplar);
    for (const [name, metadata] of batch.families) intake.family(name, metadata);
    if (batch.rejectedCount > 0) refusals.add('malformed', () => batch.rejected[0]!.reason, batch.rejectedCount);
    await this.parts.feed.committed();
    return { ...intake.counts, refusals: refusals.list() };
  }

  async #introduce({ introduced, own }: WireBatch): Promise<void> {
    const keys = [...introduced.keys()].filter((key) => !this.#keyed.has(key));
    await this.parts.admission.admit(
      keys.map((key) => introduced.get(key)!),
      (i, verdict) => this.#keyed.set(keys[i]!, verdict.slot ?? REFUSED),
      own,
    );
  }
}
