import { equalHistograms, SAMPLE_KIND } from '#metrics';
import type { Histogram, SampleKind, SampleRun } from '#metrics';
import { HeadPart } from './head-part.js';
import { NewestSamples } from './newest-samples.js';

/**
 * What became of a sample. A `duplicate` is the same as one that is there: a sender that tries again. A `conflict` has another value at the same time: the first stays.
 * `superseded`: a stale marker for a series that has gone on.
 */
export const ADMISSION = { added: 0, duplicate: 1, conflict: 2, tooOld: 3, superseded: 4 } as const;
export type Admission = (typeof ADMISSION)[keyof typeof ADMISSION];

/** Everything that was received and is in no block yet, by part. */
export class Head {
  readonly #parts: HeadPart[] = [];
  readonly #newest = new NewestSamples();

  #oldestMs = Infinity;

  /** `outOfOrderMs`: how much older than the newest sample of its series a sample may be. `oldestChanged` hears of another oldest sample before anyone hears of the sample. */
  constructor(
    private readonly outOfOrderMs: number,
    private readonly oldestChanged: (timeMs: number) => void,
  ) {}

  /** Of all samples; infinite without any. */
  get oldestMs(): number {
    return this.#oldestMs;
  }

  get sampleCount(): number {
    return this.#parts.reduce((sum, part) => sum + part.sampleCount, 0);
  }

  get parts(): readonly HeadPart[] {
    return this.#parts;
  }

  openPart(part: HeadPart): void {
    this.#parts.push(part);
  }

  dropPart(part: HeadPart): void {
    this.#parts.splice(this.#parts.indexOf(part), 1);
    this.#setOldest(Math.min(...this.#parts.map(({ oldestMs }) => oldestMs)));
  }

  clear(slot: number): void {
    this.#newest.clear(slot);
  }

  /** Minus infinity for a slot without samples. */
  newestMs(slot: number): number {
    return this.#newest.timesMs[slot]!;
  }

  add(slot: number, timeMs: number, value: number, kind: SampleKind, startMs: number, histogram: Histogram | null): Admission {
    const newestMs = this.#newest.timesMs[slot]!;
    if (timeMs > newestMs) {
      this.#newest.set(slot, timeMs, value, kind);
    } else {
      const refused = this.#late(slot, timeMs, value, kind, histogram);
      if (refused !== ADMISSION.added) return refused;
    }
    this.#append(slot, timeMs, value, kind, startMs, histogram);
    return ADMISSION.added;
  }

  /** What the journal holds: it was admitted when it came. */
  restore(slot: number, timeMs: number, value: number, kind: SampleKind, startMs: number, histogram: Histogram | null): void {
    if (timeMs > this.#newest.timesMs[slot]!) this.#newest.set(slot, timeMs, value, kind);
    this.#append(slot, timeMs, value, kind, startMs, histogram);
  }

  /** One run for each part that has samples of the series, in the order in which they came. */
  runs(slot: number): SampleRun[] {
    return this.#parts.map((part) => part.run(slot)).filter(({ timesMs }) => timesMs.length > 0);
  }

  #append(slot: number, timeMs: number, value: number, kind: SampleKind, startMs: number, histogram: Histogram | null): void {
    this.#parts[this.#parts.length - 1]!.append(slot, timeMs, value, kind, startMs, histogram);
    if (timeMs < this.#oldestMs) this.#setOldest(timeMs);
  }

  #setOldest(timeMs: number): void {
    this.#oldestMs = timeMs;
    this.oldestChanged(timeMs);
  }

  #late(slot: number, timeMs: number, value: number, kind: SampleKind, histogram: Histogram | null): Admission {
    if (kind === SAMPLE_KIND.stale && this.#newest.kinds[slot] !== SAMPLE_KIND.stale) return ADMISSION.superseded;
    const newestMs = this.#newest.timesMs[slot]!;
    if (timeMs < newestMs - this.outOfOrderMs) return ADMISSION.tooOld;
    // The usual retry repeats the newest sample: no need to look for it.
    if (timeMs === newestMs && kind === SAMPLE_KIND.float && this.#newest.kinds[slot] === kind) return isSameFloat(value, this.#newest.values[slot]!) ? ADMISSION.duplicate : ADMISSION.conflict;
    for (const part of this.#parts) {
      const found = part.find(slot, timeMs);
      if (found === null) continue;
      const same = found.kind === kind && (kind === SAMPLE_KIND.stale || (kind === SAMPLE_KIND.float ? isSameFloat(found.value, value) : equalHistograms(found.histogram!, histogram!)));
      return same ? ADMISSION.duplicate : ADMISSION.conflict;
    }
    return ADMISSION.added;
  }
}

function isSameFloat(one: number, other: number): boolean {
  return one === other || (Number.isNaN(one) && Number.isNaN(other));
}
