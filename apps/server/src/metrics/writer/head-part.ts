import { NO_SAMPLES, SAMPLE_KIND } from '#metrics';
import type { Histogram, SampleKind, SampleRun } from '#metrics';

const SAMPLES_A_CHUNK = 16;
const CHUNKS_A_SLAB = 4_096;
const SAMPLES_A_SLAB = SAMPLES_A_CHUNK * CHUNKS_A_SLAB;
const NONE = -1;
const SLOTS_AT_FIRST = 1_024;

export interface FoundSample {
  readonly value: number;
  readonly kind: SampleKind;
  readonly histogram: Histogram | null;
}

interface Slab {
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
  // Most samples are floats without a start time: these two are made when one is not.
  kinds: Uint8Array | null;
  startsMs: Float64Array | null;
}

/**
 * The samples of one part of the journal, by series. A series has a chain of small chunks in arrays that all series share, so a million series are a few hundred arrays
 * and appending allocates nothing:
 *
 *     tails[slot] -> chunk 7 -> chunk 3 -> none         chunk c: places 16c ... 16c+15
 */
export class HeadPart {
  sampleCount = 0;
  /** Infinite without any. */
  oldestMs = Infinity;

  /** Of those, native histograms. */
  get histogramCount(): number {
    return this.#histograms.size;
  }

  #tails = new Int32Array(SLOTS_AT_FIRST).fill(NONE);
  // How many places of the tail are used, and how many samples the whole chain has.
  #fills = new Uint8Array(SLOTS_AT_FIRST);
  #counts = new Int32Array(SLOTS_AT_FIRST);
  #before = new Int32Array(CHUNKS_A_SLAB);
  #chunks = 0;
  readonly #slabs: Slab[] = [];
  readonly #histograms = new Map<number, Histogram>();

  constructor(
    readonly part: number,
    readonly openedMs: number,
  ) {}

  /** `histogram` is null unless the kind says so; `startMs` is 0 where unknown. */
  append(slot: number, timeMs: number, value: number, kind: SampleKind, startMs: number, histogram: Histogram | null): void {
    if (slot >= this.#tails.length) this.#growSlots(slot);
    if (this.#tails[slot] === NONE || this.#fills[slot] === SAMPLES_A_CHUNK) this.#addChunk(slot);
    const chunk = this.#tails[slot]!;
    const slab = this.#slabs[Math.floor(chunk / CHUNKS_A_SLAB)]!;
    const at = (chunk % CHUNKS_A_SLAB) * SAMPLES_A_CHUNK + this.#fills[slot]!;
    slab.timesMs[at] = timeMs;
    slab.values[at] = value;
    if (kind !== SAMPLE_KIND.float) (slab.kinds ??= new Uint8Array(SAMPLES_A_SLAB))[at] = kind;
    if (startMs !== 0) (slab.startsMs ??= new Float64Array(SAMPLES_A_SLAB))[at] = startMs;
    if (histogram !== null) this.#histograms.set(chunk * SAMPLES_A_CHUNK + this.#fills[slot]!, histogram);
    this.#fills[slot]! += 1;
    this.#counts[slot]! += 1;
    this.sampleCount += 1;
    if (timeMs < this.oldestMs) this.oldestMs = timeMs;
  }

  /** The sample of this very moment, or null. */
  find(slot: number, timeMs: number): FoundSample | null {
    let fill = this.#fills[slot] ?? 0;
    for (let chunk = this.#tails[slot] ?? NONE; chunk !== NONE; chunk = this.#before[chunk]!, fill = SAMPLES_A_CHUNK) {
      const slab = this.#slabs[Math.floor(chunk / CHUNKS_A_SLAB)]!;
      const base = (chunk % CHUNKS_A_SLAB) * SAMPLES_A_CHUNK;
      const i = slab.timesMs.subarray(base, base + fill).indexOf(timeMs);
      if (i < 0) continue;
      const kind = (slab.kinds?.[base + i] ?? SAMPLE_KIND.float) as SampleKind;
      return { value: slab.values[base + i]!, kind, histogram: this.#histograms.get(chunk * SAMPLES_A_CHUNK + i) ?? null };
    }
    return null;
  }

  /** By time; of two at the same time the one that came first. */
  run(slot: number): SampleRun {
    const count = this.#counts[slot] ?? 0;
    if (count === 0) return NO_SAMPLES;
    const run = this.#copyOut(slot, count);
    return isAscending(run.timesMs) ? run : sorted(run);
  }

  has(slot: number): boolean {
    return (this.#counts[slot] ?? 0) > 0;
  }

  /** Those with samples. */
  *slots(): Generator<number> {
    for (let slot = 0; slot < this.#tails.length; slot += 1) if (this.#tails[slot] !== NONE) yield slot;
  }

  #copyOut(slot: number, count: number): SampleRun {
    const timesMs = new Float64Array(count);
    const values = new Float64Array(count);
    let kinds: Uint8Array | null = null;
    let startsMs: Float64Array | null = null;
    let histograms: (Histogram | null)[] | null = null;
    let to = count;
    let fill = this.#fills[slot]!;
    for (let chunk = this.#tails[slot]!; chunk !== NONE; chunk = this.#before[chunk]!, fill = SAMPLES_A_CHUNK) {
      const slab = this.#slabs[Math.floor(chunk / CHUNKS_A_SLAB)]!;
      const base = (chunk % CHUNKS_A_SLAB) * SAMPLES_A_CHUNK;
      to -= fill;
      timesMs.set(slab.timesMs.subarray(base, base + fill), to);
      values.set(slab.values.subarray(base, base + fill), to);
      if (slab.startsMs !== null) (startsMs ??= new Float64Array(count)).set(slab.startsMs.subarray(base, base + fill), to);
      if (slab.kinds === null) continue;
      (kinds ??= new Uint8Array(count)).set(slab.kinds.subarray(base, base + fill), to);
      for (let i = 0; i < fill; i += 1) {
        const histogram = this.#histograms.get(chunk * SAMPLES_A_CHUNK + i);
        if (histogram !== undefined) (histograms ??= new Array<Histogram | null>(count).fill(null))[to + i] = histogram;
      }
    }
    return { timesMs, values, kinds, histograms, startsMs };
  }

  #addChunk(slot: number): void {
    const chunk = this.#chunks;
    this.#chunks += 1;
    if (chunk >= this.#before.length) this.#before = grown(this.#before, chunk);
    if (chunk >= this.#slabs.length * CHUNKS_A_SLAB) this.#slabs.push({ timesMs: new Float64Array(SAMPLES_A_SLAB), values: new Float64Array(SAMPLES_A_SLAB), kinds: null, startsMs: null });
    this.#before[chunk] = this.#tails[slot]!;
    this.#tails[slot] = chunk;
    this.#fills[slot] = 0;
  }

  #growSlots(slot: number): void {
    const before = this.#tails.length;
    this.#tails = grown(this.#tails, slot).fill(NONE, before);
    this.#counts = grown(this.#counts, slot);
    const fills = new Uint8Array(this.#tails.length);
    fills.set(this.#fills);
    this.#fills = fills;
  }
}

function grown(column: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * column.length, index + 1));
  larger.set(column);
  return larger;
}

function isAscending(timesMs: Float64Array): boolean {
  for (let i = 1; i < timesMs.length; i += 1) if (!(timesMs[i]! > timesMs[i - 1]!)) return false;
  return true;
}

function sorted({ timesMs, values, kinds, histograms, startsMs }: SampleRun): SampleRun {
  const inOrder = [...timesMs.keys()].sort((one, other) => timesMs[one]! - timesMs[other]! || one - other);
  const kept = inOrder.filter((at, i) => i === 0 || timesMs[at] !== timesMs[inOrder[i - 1]!]);
  return {
    timesMs: Float64Array.from(kept, (at) => timesMs[at]!),
    values: Float64Array.from(kept, (at) => values[at]!),
    kinds: kinds === null ? null : Uint8Array.from(kept, (at) => kinds[at]!),
    histograms: histograms === null ? null : kept.map((at) => histograms[at]!),
    startsMs: startsMs === null ? null : Float64Array.from(kept, (at) => startsMs[at]!),
  };
}
