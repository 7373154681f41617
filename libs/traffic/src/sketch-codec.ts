import type { LatencySketchData } from '#contracts';
import { ByteReader } from './bytes/byte-reader.js';
import { ByteWriter } from './bytes/byte-writer.js';

// First byte of every encoded sketch, so that stored rows outlive a change of the layout.
const VERSION = 1;
// The limits of `latencySketchSchema`: what could not have come in must not come out.
const MAX_BUCKETS = 1_024;
const MAX_INDEX = 1_000;

/** The bytes are not a latency sketch that `encodeSketch` wrote. */
export class SketchFormatError extends Error {
  override readonly name = 'SketchFormatError';
}

/** `version u8, sumMs f64, buckets varint`, then for each bucket `gap to the last index varint` (the first: zigzag index) and `count varint`. */
export function encodeSketch(data: LatencySketchData): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(16 + 4 * data.indices.length);
  writer.u8(VERSION);
  writer.f64(data.sumMs);
  writer.varint(data.indices.length);
  data.indices.forEach((index, i) => {
    if (i === 0) writer.zigzag(index);
    else writer.varint(index - data.indices[i - 1]! - 1);
    writer.varint(data.counts[i]!);
  });
  return writer.finish();
}

/** Throws SketchFormatError for anything `encodeSketch` cannot have written. */
export function decodeSketch(bytes: Uint8Array): LatencySketchData {
  const reader = new ByteReader(bytes, (problem) => new SketchFormatError(`These bytes are not a latency sketch: ${problem}.`));
  const version = reader.u8('the version');
  if (version !== VERSION) reader.refuse(`the version is ${version}, known is ${VERSION}`);
  const sumMs = reader.f64('the sum');
  if (sumMs < 0) reader.refuse(`the sum is ${sumMs}`);
  const { indices, counts } = readBuckets(reader);
  reader.end();
  return { indices, counts, sumMs };
}

function readBuckets(reader: ByteReader): { indices: number[]; counts: number[] } {
  const size = reader.count('the number of buckets', 2);
  if (size > MAX_BUCKETS) reader.refuse(`${size} buckets are more than ${MAX_BUCKETS}`);
  const indices: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < size; i++) {
    const index = i === 0 ? reader.zigzag('the first index') : indices[i - 1]! + 1 + reader.varint('an index');
    if (Math.abs(index) > MAX_INDEX) reader.refuse(`the index ${index} is beyond ${MAX_INDEX}`);
    const count = reader.varint('a count');
    if (count === 0) reader.refuse(`the count of bucket ${index} is 0`);
    indices.push(index);
    counts.push(count);
  }
  return { indices, counts };
}
