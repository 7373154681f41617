import type { LiveFrame } from '#contracts';
import { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';
import { FrameFormatError } from './frame-format-error.js';

/**
 *      0    2    3    4        8        12       16                24
 *      +----+----+----+--------+--------+--------+-----------------+------
 *      | FL | v  |type| flags  | epoch  | seq    | serverTimeMs    | body
 *      +----+----+----+--------+--------+--------+-----------------+------
 *       u16  u8   u8   u32 = 0  u32      u32      f64
 */
// 'F' 'L' read as a little-endian u16.
const MAGIC = 0x4c46;
const VERSION = 1;
// No flag has a meaning yet. A reader refuses those it does not know, so that a later one may change how the body reads.
const NO_FLAGS = 0;

export type FrameType = LiveFrame['type'];
const TYPE_CODES: Readonly<Record<FrameType, number>> = { dictionary: 1, topology: 2, keyframe: 3, delta: 4, event: 5, reset: 6 };
const TYPES = new Map(Object.entries(TYPE_CODES).map(([type, code]) => [code, type as FrameType]));

export interface Header {
  readonly epoch: number;
  readonly seq: number;
  readonly serverTimeMs: number;
}

export function writeHeader(writer: ByteWriter, frame: LiveFrame): void {
  writer.u16(MAGIC);
  writer.u8(VERSION);
  writer.u8(TYPE_CODES[frame.type]);
  writer.u32(NO_FLAGS);
  writer.u32(frame.epoch);
  writer.u32(frame.seq);
  writer.f64(frame.serverTimeMs);
}

export function frameReader(bytes: Uint8Array): ByteReader {
  return new ByteReader(bytes, (problem) => new FrameFormatError(`This live frame cannot be read: ${problem}.`));
}

export function readHeader(reader: ByteReader): Header & { readonly type: FrameType } {
  if (reader.u16('the magic') !== MAGIC) reader.refuse('it does not begin with "FL"');
  const version = reader.u8('the version');
  if (version !== VERSION) reader.refuse(`its version is ${version}, known is ${VERSION}`);
  const code = reader.u8('the type');
  const type = TYPES.get(code) ?? reader.refuse(`its type is ${code}`);
  const flags = reader.u32('the flags');
  if (flags !== NO_FLAGS) reader.refuse(`its flags are ${flags}, none is known`);
  return { type, epoch: reader.u32('the epoch'), seq: reader.u32('the sequence number'), serverTimeMs: reader.f64('the server time') };
}
