import { SAMPLE_KIND } from '../samples/sample-run.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';

/** Runs of equal kinds, each a varint: the kind in its two lowest bits, above them how many more than one. Throws RangeError for what is no kind. */
export function writeKinds(writer: ByteWriter, kinds: Uint8Array, count: number): void {
  for (let i = 0; i < count; ) {
    const kind = kinds[i]!;
    if (kind > SAMPLE_KIND.stale) throw new RangeError(`There is no kind ${kind} of samples.`);
    const from = i++;
    while (i < count && kinds[i] === kind) i += 1;
    writer.varint(4 * (i - from - 1) + kind);
  }
}

/** Throws CodecError. */
export function readKinds(reader: ByteReader, kinds: Uint8Array): void {
  for (let i = 0; i < kinds.length; ) {
    const token = reader.varint();
    const to = i + Math.floor(token / 4) + 1;
    if (to > kinds.length || token % 4 > SAMPLE_KIND.stale) throw malformed('a run of kinds is too long, or of no kind');
    kinds.fill(token % 4, i, to);
    i = to;
  }
}

export function countOfKind(kinds: Uint8Array, kind: number): number {
  let count = 0;
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === kind) count += 1;
  return count;
}
