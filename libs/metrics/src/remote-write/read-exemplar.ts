import type { ProtoReader } from './proto-reader.js';
import type { WriteColumns } from './write-columns.js';
import { requireWithin } from './write-limits.js';
import { WrittenLabels } from './written-labels.js';

const LABELS_FIELD = 1;
const VALUE = (2 << 3) | 1;
const TIME = (3 << 3) | 0;
const KNOWN = 0b1110;

/** In both versions; they differ in how labels are written, which `readLabels` knows (false for a tag that it does not). `reader` stands before the length. */
export function readExemplar(reader: ProtoReader, columns: WriteColumns, readLabels: (tag: number, into: WrittenLabels) => boolean): void {
  requireWithin('exemplars', columns.exemplars.length + 1, reader.at);
  const outerEnd = reader.enter();
  const written = new WrittenLabels();
  let value = 0;
  let timeMs = 0;
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (tag === VALUE) value = reader.double();
    else if (tag === TIME) timeMs = reader.timeMs();
    else if (tag >>> 3 !== LABELS_FIELD || !readLabels(tag, written)) reader.skip(tag, KNOWN);
  }
  reader.leave(outerEnd);
  const { labels, problem } = written.ofExemplar();
  if (problem === null) columns.exemplars.push({ series: columns.seriesCount, labels, value, timeMs });
  else columns.reject({ part: 'exemplar', position: columns.position, reason: problem });
}
