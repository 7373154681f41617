import type { DeltaFrame, LiveEdgeState, LiveFrame } from '#contracts';
import { ByteWriter } from '../bytes/byte-writer.js';
import { writeDictionary } from './dictionary-body.js';
import { writeEdges } from './edge-list.js';
import { writeEvent } from './event-body.js';
import { writeHeader } from './frame-header.js';
import { writeReset } from './reset-body.js';
import { writeTopology } from './topology-body.js';

const NO_BASE: ReadonlyMap<number, LiveEdgeState> = new Map();
// What a busy row takes, so that the buffer of a large frame doubles once or never.
const BUSY_ROW_BYTES = 16;

/** Bytes of docs/formats/live-stream.md. Throws RangeError for a value that its field cannot hold. */
export function encodeFrame(frame: Exclude<LiveFrame, DeltaFrame>): Uint8Array {
  const writer = new ByteWriter(frame.type === 'keyframe' ? 64 + BUSY_ROW_BYTES * frame.edges.length : undefined);
  writeHeader(writer, frame);
  writeBody(writer, frame);
  return writer.finish();
}

function writeBody(writer: ByteWriter, frame: Exclude<LiveFrame, DeltaFrame>): void {
  switch (frame.type) {
    case 'dictionary':
      return writeDictionary(writer, frame);
    case 'topology':
      return writeTopology(writer, frame);
    case 'keyframe':
      writer.varint(frame.throughSec);
      return writeEdges(writer, frame.edges, NO_BASE);
    case 'event':
      return writeEvent(writer, frame);
    case 'reset':
      return writeReset(writer, frame);
    default:
      return frame satisfies never;
  }
}

/** `base` is the state at `frame.baseSeq`. Throws RangeError when a counter is below its base. */
export function encodeDelta(frame: DeltaFrame, base: ReadonlyMap<number, LiveEdgeState>): Uint8Array {
  if (frame.seq <= frame.baseSeq) throw new RangeError(`A delta leads forward: its seq ${frame.seq} must be above its baseSeq ${frame.baseSeq}.`);
  const writer = new ByteWriter(64 + BUSY_ROW_BYTES * frame.edges.length);
  writeHeader(writer, frame);
  writer.varint(frame.seq - frame.baseSeq);
  writer.varint(frame.throughSec);
  writeEdges(writer, frame.edges, base);
  return writer.finish();
}
