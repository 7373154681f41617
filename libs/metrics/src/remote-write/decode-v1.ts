import type { ByteHash } from '../labels/byte-hash.js';
import type { ProtoReader } from './proto-reader.js';
import { readExemplar } from './read-exemplar.js';
import { readHistogram } from './read-histogram.js';
import { readSample } from './read-sample.js';
import { utf8Text } from './utf8-text.js';
import { METRIC_TYPES } from './write-batch.js';
import type { WriteColumns } from './write-columns.js';
import { requireWithin } from './write-limits.js';
import { WrittenLabels } from './written-labels.js';

// prompb/remote.proto and types.proto, as tags: field number times eight, plus wire type.
const SERIES = (1 << 3) | 2;
const FAMILY = (3 << 3) | 2;
const KNOWN_OF_REQUEST = 0b1010;
const LABEL = (1 << 3) | 2;
const SAMPLE = (2 << 3) | 2;
const EXEMPLAR = (3 << 3) | 2;
const HISTOGRAM = (4 << 3) | 2;
const KNOWN_OF_SERIES = 0b11110;
const NAME = (1 << 3) | 2;
const VALUE = (2 << 3) | 2;
const KNOWN_OF_LABEL = 0b110;
const TYPE = (1 << 3) | 0;
const FAMILY_NAME = (2 << 3) | 2;
const HELP = (4 << 3) | 2;
const UNIT = (5 << 3) | 2;
const KNOWN_OF_FAMILY = 0b110110;

/** `prometheus.WriteRequest` (Remote-Write 1.0, and what Prometheus sends beyond it: exemplars, histograms, metadata). Throws RemoteWriteError. */
export function decodeV1(reader: ProtoReader, columns: WriteColumns, hash: ByteHash): void {
  for (let families = 0; reader.at < reader.end; ) {
    const tag = reader.tag();
    if (tag === SERIES) readSeries(reader, columns, hash);
    else if (tag === FAMILY) readFamily(reader, columns, families++);
    else reader.skip(tag, KNOWN_OF_REQUEST);
  }
}

/** The labels stay undecoded: their bytes, which senders write in one run, are the key. */
function readSeries(reader: ProtoReader, columns: WriteColumns, hash: ByteHash): void {
  const outerEnd = reader.enter();
  const from = reader.at;
  columns.startSeries(from);
  hash.start();
  let runFrom = from;
  let runTo = from;
  while (reader.at < reader.end) {
    const fieldAt = reader.at;
    const tag = reader.tag();
    if (tag === LABEL) {
      const length = reader.length();
      if (fieldAt !== runTo) {
        hash.bytes(reader.view, runFrom, runTo);
        runFrom = fieldAt;
      }
      reader.at += length;
      runTo = reader.at;
    } else if (tag === SAMPLE) readSample(reader, columns);
    else if (tag === EXEMPLAR) readExemplar(reader, columns, (labelTag, into) => readLabel(reader, labelTag, into));
    else if (tag === HISTOGRAM) readHistogram(reader, columns);
    else reader.skip(tag, KNOWN_OF_SERIES);
  }
  hash.bytes(reader.view, runFrom, runTo);
  hash.end();
  columns.endSeries(hash, from, reader.end);
  reader.leave(outerEnd);
}

/** Of the series whose message the reader is narrowed to. */
export function readLabelsV1(reader: ProtoReader, into: WrittenLabels): void {
  while (reader.at < reader.end && into.ok) {
    const tag = reader.tag();
    if (!readLabel(reader, tag, into)) reader.skip(tag, 0);
  }
}

function readLabel(reader: ProtoReader, tag: number, into: WrittenLabels): boolean {
  if (tag !== LABEL) return false;
  const outerEnd = reader.enter();
  let name: string | null = '';
  let value: string | null = '';
  while (reader.at < reader.end) {
    const field = reader.tag();
    if (field === NAME) name = readText(reader);
    else if (field === VALUE) value = readText(reader);
    else reader.skip(field, KNOWN_OF_LABEL);
  }
  reader.leave(outerEnd);
  into.add(name, value);
  return true;
}

function readText(reader: ProtoReader): string | null {
  const length = reader.length();
  reader.at += length;
  return utf8Text(reader.bytes, reader.at - length, reader.at);
}

function readFamily(reader: ProtoReader, columns: WriteColumns, position: number): void {
  const outerEnd = reader.enter();
  let type = 0;
  const texts: { name: string | null; help: string | null; unit: string | null } = { name: '', help: '', unit: '' };
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (tag === TYPE) type = reader.uint32();
    else if (tag === FAMILY_NAME) texts.name = readText(reader);
    else if (tag === HELP) texts.help = readText(reader);
    else if (tag === UNIT) texts.unit = readText(reader);
    else reader.skip(tag, KNOWN_OF_FAMILY);
  }
  reader.leave(outerEnd);
  const { name, help, unit } = texts;
  if (name === null || help === null || unit === null) columns.reject({ part: 'metadata', position, reason: 'a text is not valid UTF-8' });
  else if (name === '') columns.reject({ part: 'metadata', position, reason: 'there is no name of a metric family' });
  else {
    requireWithin('families', columns.families.size + 1, reader.at);
    columns.families.set(name, { type: METRIC_TYPES[type] ?? 'unknown', help, unit });
  }
}
