import { LATENCY_SCHEMA, type LatencySketchData } from '#contracts';

// DDSketch (Masson, Rim, Lee, VLDB 2019, section 2) with relative accuracy 2.2 %: bucket i holds (g^(i-1), g^i] seconds.
const BUCKETS_PER_DOUBLING = 2 ** LATENCY_SCHEMA;
const GAMMA = 2 ** (1 / BUCKETS_PER_DOUBLING);
const MS_A_SEC = 1_000;

/** Upper end 1.04 microseconds. Anything at or below it, zero and negative included, is counted here: no caller tells such times apart. */
const LOWEST_BUCKET = -318;
/** Upper end 1.027 days. Anything above is counted here: no request is open that long. */
const HIGHEST_BUCKET = 263;
// A sketch holds a band of buckets around what it has seen, so thousands of quiet ones stay small; the margin makes growing rare.
const MARGIN = 32;

/**
 * Counts latencies so that any quantile is within 2.2 % of a recorded value. `add` allocates only when a value lies outside the band seen so far, and
 * `clear` keeps the band: a sketch reused each second soon allocates nothing. Counts and sums are exact up to 2^53.
 */
export class LatencySketch {
  #buckets = new Float64Array(0);
  /** Index of the first bucket in the band. */
  #first = 0;
  #count = 0;
  #sumMs = 0;

  static from(data: LatencySketchData): LatencySketch {
    const sketch = new LatencySketch();
    sketch.merge(data);
    return sketch;
  }

  get count(): number {
    return this.#count;
  }

  get sumMs(): number {
    return this.#sumMs;
  }

  /** Throws RangeError for a time that is not finite: it would poison the sum for good. */
  add(ms: number, count = 1): void {
    if (!Number.isFinite(ms)) throw new RangeError(`A latency must be a finite number of milliseconds, not ${ms}.`);
    this.#addAt(bucketOf(ms), count);
    if (ms > 0) this.#sumMs += ms * count;
  }

  merge(other: LatencySketch | LatencySketchData): void {
    if (other instanceof LatencySketch) this.#mergeBand(other);
    else this.#mergeSparse(other);
    this.#sumMs += other.sumMs;
  }

  /** The value with rank floor(q * (count - 1)) in ascending order, within 2.2 %; null when nothing was added. */
  quantile(q: number): number | null {
    if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile must be asked for between 0 and 1, not at ${q}.`);
    if (this.#count === 0) return null;
    const rank = Math.floor(q * (this.#count - 1));
    let seen = 0;
    for (let i = 0; i < this.#buckets.length; i++) {
      seen += this.#buckets[i]!;
      if (seen > rank) return valueOf(this.#first + i);
    }
    // Only rounding beyond 2^53 leads here; the highest bucket is the answer then.
    return valueOf(this.#first + this.#buckets.length - 1);
  }

  toData(): LatencySketchData {
    const indices: number[] = [];
    const counts: number[] = [];
    for (let i = 0; i < this.#buckets.length; i++) {
      if (this.#buckets[i] === 0) continue;
      indices.push(this.#first + i);
      counts.push(this.#buckets[i]!);
    }
    return { indices, counts, sumMs: this.#sumMs };
  }

  clear(): void {
    this.#buckets.fill(0);
    this.#count = 0;
    this.#sumMs = 0;
  }

  #addAt(bucket: number, count: number): void {
    const at = bucket - this.#first;
    if (at >= 0 && at < this.#buckets.length) this.#buckets[at]! += count;
    else {
      this.#cover(bucket, bucket);
      this.#buckets[bucket - this.#first]! += count;
    }
    this.#count += count;
  }

  #mergeBand(other: LatencySketch): void {
    if (other.#count === 0) return;
    this.#cover(other.#first, other.#first + other.#buckets.length - 1);
    const offset = other.#first - this.#first;
    for (let i = 0; i < other.#buckets.length; i++) this.#buckets[offset + i]! += other.#buckets[i]!;
    this.#count += other.#count;
  }

  #mergeSparse({ indices, counts }: LatencySketchData): void {
    for (let i = 0; i < indices.length; i++) this.#addAt(clampBucket(indices[i]!), counts[i]!);
  }

  /** Widens the band to hold both buckets. */
  #cover(from: number, to: number): void {
    const empty = this.#buckets.length === 0;
    const last = this.#first + this.#buckets.length - 1;
    if (!empty && from >= this.#first && to <= last) return;
    const first = Math.max(LOWEST_BUCKET, Math.min(empty ? from : this.#first, from) - MARGIN);
    const end = Math.min(HIGHEST_BUCKET, Math.max(empty ? to : last, to) + MARGIN);
    const wider = new Float64Array(end - first + 1);
    if (!empty) wider.set(this.#buckets, this.#first - first);
    this.#buckets = wider;
    this.#first = first;
  }
}

function bucketOf(ms: number): number {
  return ms > 0 ? clampBucket(Math.ceil(Math.log2(ms / MS_A_SEC) * BUCKETS_PER_DOUBLING)) : LOWEST_BUCKET;
}

function clampBucket(bucket: number): number {
  return Math.min(HIGHEST_BUCKET, Math.max(LOWEST_BUCKET, bucket));
}

/** The point of the bucket whose relative distance to both ends is the same: 2.2 %. */
function valueOf(bucket: number): number {
  return ((2 * MS_A_SEC) / (GAMMA + 1)) * 2 ** (bucket / BUCKETS_PER_DOUBLING);
}
