import type { DeltaFrame, DictionaryFrame, KeyframeFrame, LiveEdgeState, LiveFrame } from '#contracts';
import type { ByteReader } from '../bytes/byte-reader.js';
import { readDictionary } from './dictionary-body.js';
import { readEdges } from './edge-list.js';
import { readEvent } from './event-body.js';
import { frameReader, readHeader } from './frame-header.js';
import type { Header } from './frame-header.js';
import { readReset } from './reset-body.js';
import { readTopology } from './topology-body.js';

/** The frame does not continue what the decoder holds: ask for a new start. `expectedSeq` is the tick it stands at, -1 before a first keyframe. */
export interface FrameGap {
  readonly type: 'gap';
  readonly expectedSeq: number;
  readonly baseSeq: number;
}

const NO_TICK = -1;
const NO_BASE: ReadonlyMap<number, LiveEdgeState> = new Map();

/**
 * Turns the frames of one stream, in their order, back into values.
 *
 *     (nothing) --dictionary--> epoch known --topology, keyframe--> following --delta--> following
 *         ^                                                             |
 *         +------------------------------ reset ------------------------+
 *
 * A frame it cannot read throws FrameFormatError; one that belongs to another epoch or tick is answered with a gap. Both leave the decoder as it was.
 */
export class FrameDecoder {
  #epoch: number | null = null;
  #seq = NO_TICK;
  #strings: string[] = [];
  #edges = new Map<number, LiveEdgeState>();

  decode(bytes: Uint8Array): LiveFrame | FrameGap {
    const reader = frameReader(bytes);
    const { type, ...header } = readHeader(reader);
    switch (type) {
      case 'dictionary':
        return this.#dictionary(reader, header);
      case 'topology':
        return this.#topology(reader, header);
      case 'keyframe':
        return this.#keyframe(reader, header);
      case 'delta':
        return this.#delta(reader, header);
      case 'event':
        return { type, ...header, event: readEvent(reader) };
      case 'reset':
        return this.#reset(reader, header);
      default:
        return type satisfies never;
    }
  }

  /** A dictionary of a new epoch begins a stream; within an epoch strings are only appended, and may be said again but not changed. */
  #dictionary(reader: ByteReader, header: Header): DictionaryFrame {
    const { firstIndex, strings } = readDictionary(reader);
    reader.end();
    const known = header.epoch === this.#epoch ? this.#strings : [];
    if (firstIndex > known.length) reader.refuse(`its strings begin at ${firstIndex}, but only ${known.length} are known`);
    strings.forEach((text, i) => {
      const before = known[firstIndex + i];
      if (before !== undefined && before !== text) reader.refuse(`string ${firstIndex + i} is "${text}", but was "${before}"`);
    });
    if (header.epoch !== this.#epoch) this.#forget(header.epoch);
    strings.forEach((text, i) => (this.#strings[firstIndex + i] = text));
    return { type: 'dictionary', ...header, firstIndex, strings };
  }

  #topology(reader: ByteReader, header: Header): LiveFrame | FrameGap {
    if (header.epoch !== this.#epoch) return this.#gap(header.seq);
    const body = readTopology(reader, this.#strings.length);
    reader.end();
    return { type: 'topology', ...header, ...body };
  }

  #keyframe(reader: ByteReader, header: Header): KeyframeFrame | FrameGap {
    if (header.epoch !== this.#epoch) return this.#gap(header.seq);
    const throughSec = reader.varint('throughSec');
    const edges = readEdges(reader, NO_BASE);
    reader.end();
    this.#edges = new Map(edges.map((edge) => [edge.id, edge]));
    this.#seq = header.seq;
    return { type: 'keyframe', ...header, throughSec, edges };
  }

  #delta(reader: ByteReader, header: Header): DeltaFrame | FrameGap {
    const ticks = reader.varint('the distance to its base');
    const baseSeq = header.seq - ticks;
    if (ticks === 0 || baseSeq < 0) reader.refuse(`its base is ${ticks} ticks before ${header.seq}`);
    if (header.epoch !== this.#epoch || baseSeq !== this.#seq) return this.#gap(baseSeq);
    const throughSec = reader.varint('throughSec');
    const edges = readEdges(reader, this.#edges);
    reader.end();
    for (const edge of edges) this.#edges.set(edge.id, edge);
    this.#seq = header.seq;
    return { type: 'delta', ...header, baseSeq, throughSec, edges };
  }

  #reset(reader: ByteReader, header: Header): LiveFrame {
    const reason = readReset(reader);
    reader.end();
    this.#forget(null);
    return { type: 'reset', ...header, reason };
  }

  #gap(baseSeq: number): FrameGap {
    return { type: 'gap', expectedSeq: this.#seq, baseSeq };
  }

  #forget(epoch: number | null): void {
    this.#epoch = epoch;
    this.#seq = NO_TICK;
    this.#strings = [];
    this.#edges = new Map();
  }
}
