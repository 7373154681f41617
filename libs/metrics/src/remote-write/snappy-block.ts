import { RemoteWriteError } from './remote-write-error.js';

// The most that compression can gain: an element of three bytes copies 64.
const MAX_EXPANSION = 64 / 3;
// Copies go by words and may write some bytes beyond their end, which the next element overwrites.
const WORD_BYTES = 8;
// Kept between requests, so that each does not begin with clearing a new buffer; a rare huge one is given back.
const KEPT_BYTES = 4 * 1024 * 1024;

/** Decompresses snappy blocks (google/snappy format_description.txt; not the framed format) into a buffer that it uses again. */
export class SnappyBlocks {
  #kept = new Uint8Array(0);
  #keptView = new DataView(this.#kept.buffer);

  /** The result holds until the next call. Throws RemoteWriteError; a declared length above `maxBytes` does so before anything is allocated. */
  decompress(input: Uint8Array, maxBytes: number): Uint8Array {
    const { length, bodyAt } = declaredLength(input);
    if (length > maxBytes) throw new RemoteWriteError('too-large', 0, `The body decompresses to ${length} bytes, more than the limit of ${maxBytes}.`);
    if (length > (input.length - bodyAt) * MAX_EXPANSION) throw malformed(0, `the declared length of ${length} bytes cannot come from ${input.length}`);
    if (this.#kept.length < length + WORD_BYTES) {
      const bytes = new Uint8Array(length + WORD_BYTES);
      const view = new DataView(bytes.buffer);
      if (length <= KEPT_BYTES) {
        this.#kept = bytes;
        this.#keptView = view;
      }
      return expand(input, bodyAt, { bytes, view, length });
    }
    return expand(input, bodyAt, { bytes: this.#kept, view: this.#keptView, length });
  }
}

interface Output {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly length: number;
}

function declaredLength(input: Uint8Array): { length: number; bodyAt: number } {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = input[at];
    if (byte === undefined) throw malformed(at, 'the length is cut off');
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) {
      if (length > 0xffff_ffff) break;
      return { length, bodyAt: at + 1 };
    }
  }
  throw malformed(0, 'the length is no 32-bit number');
}

// The bytes behind the tag that give a copy's offset, by kind of element; kind 0 is a literal.
const OFFSET_BYTES = [0, 1, 2, 4] as const;
// A literal of up to this length has it in the tag; longer ones have one to four bytes of length behind it.
const TAG_LITERAL = 60;

// Few functions and no objects: elements are a few bytes each, and anything around them would cost more than the copying.
function expand(input: Uint8Array, bodyAt: number, { bytes: out, view, length }: Output): Uint8Array {
  const inputView = new DataView(input.buffer, input.byteOffset, input.length);
  const end = input.length;
  let at = bodyAt;
  let to = 0;
  while (at < end) {
    const elementAt = at;
    const tag = input[elementAt]!;
    const kind = tag & 3;
    let source = view;
    let from: number;
    let size: number;
    let byWords: boolean;
    if (kind === 0) {
      size = literalSize(input, elementAt, end);
      source = inputView;
      from = elementAt + 1 + Math.max((tag >>> 2) + 1 - TAG_LITERAL, 0);
      if (size > end - from) throw malformed(elementAt, 'a literal is cut off');
      at = from + size;
      byWords = at + WORD_BYTES <= end;
    } else {
      size = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
      at = elementAt + 1 + OFFSET_BYTES[kind]!;
      if (at > end) throw malformed(elementAt, 'a copy is cut off');
      const offset = copyOffset(input, elementAt, kind);
      if (offset === 0 || offset > to) throw malformed(elementAt, `a copy from ${offset} bytes back, where ${to} stand`);
      from = to - offset;
      // A copy may overlap what it writes, which repeats a pattern; words are safe once the pattern is as long as a word.
      byWords = offset >= WORD_BYTES;
    }
    if (size > length - to) throw malformed(elementAt, 'an element goes beyond the declared length');
    if (byWords) {
      // In two halves: there is no fast 64-bit integer.
      for (let i = 0; i < size; i += WORD_BYTES) {
        view.setInt32(to + i, source.getInt32(from + i, true), true);
        view.setInt32(to + i + 4, source.getInt32(from + i + 4, true), true);
      }
    } else for (let i = 0; i < size; i++) out[to + i] = source.getUint8(from + i);
    to += size;
  }
  if (to !== length) throw malformed(end, `${to} bytes came out, ${length} were declared`);
  return out.subarray(0, length);
}

function literalSize(input: Uint8Array, elementAt: number, end: number): number {
  const size = (input[elementAt]! >>> 2) + 1;
  if (size <= TAG_LITERAL) return size;
  const sizeBytes = size - TAG_LITERAL;
  if (elementAt + sizeBytes >= end) throw malformed(elementAt, 'a literal is cut off');
  let lengthLessOne = 0;
  for (let i = 1; i <= sizeBytes; i++) lengthLessOne += input[elementAt + i]! * 2 ** (8 * (i - 1));
  return lengthLessOne + 1;
}

/** The caller has checked that the bytes are there. */
function copyOffset(input: Uint8Array, elementAt: number, kind: number): number {
  const first = input[elementAt + 1]!;
  if (kind === 1) return ((input[elementAt]! >>> 5) << 8) | first;
  const low = first | (input[elementAt + 2]! << 8);
  return kind === 2 ? low : (low | (input[elementAt + 3]! << 16) | (input[elementAt + 4]! << 24)) >>> 0;
}

function malformed(byte: number, what: string): RemoteWriteError {
  return new RemoteWriteError('malformed', byte, `The body is not a snappy block: ${what} (at byte ${byte} of the compressed body).`);
}
