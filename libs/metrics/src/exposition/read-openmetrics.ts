import type { MetricMetadata } from '../remote-write/write-batch.js';
import type { BodyCursor } from './body-cursor.js';
import type { BodyReading } from './body-reading.js';
import { HASH, LF, OPEN, SPACE } from './bytes.js';
import { FAMILY_KEYWORDS, familyType, readFamilyName, standsAt } from './family-comment.js';
import type { FamilyKeyword } from './family-comment.js';
import { plainText, unescapedText } from './quoted.js';
import { readCommentLine } from './read-comment-line.js';
import { readExemplarLabels } from './read-labels.js';
import { readFloat } from './read-number.js';
import { readSeries } from './read-series.js';
import type { ToldOfFamily } from './told-families.js';

const END = '# EOF';
const MS_PER_SECOND = 1000;

/** OpenMetrics 1.0 ("Text format"): a space stands exactly where its grammar has one, and nothing behind `# EOF`. Throws ExpositionError. */
export function readOpenMetrics(reading: BodyReading): void {
  const { cursor, line, receiver, rules } = reading;
  const { bytes, end } = cursor;
  while (cursor.at < end) {
    cursor.lineAt = cursor.at;
    if (bytes[cursor.at] !== HASH) {
      readSample(reading);
      rules?.sample(line);
      receiver.sample(line);
    } else if (standsAt(cursor, END, cursor.at)) {
      readEnd(reading);
      return;
    } else readCommentLine(reading, readComment);
  }
  throw cursor.refuse(end, `"${END}"`);
}

function readEnd({ cursor, rules }: BodyReading): void {
  cursor.at += END.length;
  cursor.endLine(`nothing behind "${END}"`);
  if (cursor.at !== cursor.end) throw cursor.refuse(cursor.at, `nothing behind "${END}"`);
  rules?.end();
}

/** The name or brace stands at the cursor. */
function readSample(reading: BodyReading): void {
  const { cursor, line } = reading;
  readSeries(reading);
  space(cursor, 'a space and a value behind the series');
  line.valueAt = cursor.at;
  line.value = readFloat(cursor);
  line.timeMs = null;
  line.exemplar = null;
  if (cursor.bytes[cursor.at] !== LF) readRest(reading);
  cursor.endLine('the end of the line');
}

/** Behind the value. */
function readRest(reading: BodyReading): void {
  const { cursor, line } = reading;
  space(cursor, 'a space or the end of the line behind the value');
  if (cursor.bytes[cursor.at] !== HASH) {
    line.timeAt = cursor.at;
    line.timeMs = readTime(cursor);
    line.timeEnd = cursor.at;
    if (cursor.bytes[cursor.at] === LF) return;
    space(cursor, 'a space or the end of the line behind the timestamp');
  }
  readExemplar(reading);
}

function readExemplar({ cursor, dialect, line }: BodyReading): void {
  line.exemplarAt = cursor.at;
  if (cursor.bytes[cursor.at] !== HASH) throw cursor.refuse(cursor.at, 'an exemplar or the end of the line');
  cursor.at++;
  space(cursor, 'a space behind "#"');
  if (cursor.bytes[cursor.at] !== OPEN) throw cursor.refuse(cursor.at, "an exemplar's labels in braces");
  const labels = readExemplarLabels(cursor, dialect);
  space(cursor, "a space and a value behind the exemplar's labels");
  const value = readFloat(cursor);
  let timeMs: number | null = null;
  if (cursor.bytes[cursor.at] !== LF) {
    space(cursor, "a space or the end of the line behind the exemplar's value");
    timeMs = readTime(cursor);
  }
  line.exemplar = { labels, value, timeMs };
}

/** In milliseconds, rounded: a float's seconds are seldom exactly what was written. */
function readTime(cursor: BodyCursor): number {
  const from = cursor.at;
  // Adding 0 makes -0 a 0.
  const timeMs = Math.round(readFloat(cursor) * MS_PER_SECOND) + 0;
  if (!Number.isFinite(timeMs)) throw cursor.refuse(from, 'a timestamp that is a finite number');
  return timeMs;
}

function readComment({ cursor, dialect, families, rules }: BodyReading): ToldOfFamily {
  cursor.at++;
  space(cursor, 'a space behind "#"');
  const keyword = FAMILY_KEYWORDS.find((word) => standsAt(cursor, word, cursor.at));
  if (keyword === undefined) throw cursor.refuse(cursor.at, `one of ${FAMILY_KEYWORDS.join(', ')}, or EOF`);
  cursor.at += keyword.length;
  space(cursor, `a space and a metric name behind ${keyword}`);
  const nameAt = cursor.at;
  const name = readFamilyName(cursor, dialect);
  space(cursor, 'a space behind the metric name');
  const textAt = cursor.at;
  const part = PARTS[keyword](cursor, name);
  rules?.comment({ keyword, name, part, nameAt, textAt });
  return { family: families.named(name), part };
}

/** What the rest of the line says of the family `name`. */
const PARTS: Record<FamilyKeyword, (cursor: BodyCursor, name: string) => Partial<MetricMetadata>> = {
  HELP: (cursor) => ({ help: unescapedText(cursor, { from: cursor.at, to: cursor.lineEnd(cursor.at) }) }),
  TYPE: (cursor) => ({ type: familyType(cursor, cursor.at, { format: 'openmetrics-text', text: restOfLine(cursor) }) }),
  UNIT: (cursor, name) => {
    const unit = restOfLine(cursor);
    if (unit !== '' && !name.endsWith(`_${unit}`)) throw cursor.refuse(cursor.at, 'a unit that the metric name ends with, behind an underscore');
    return { unit };
  },
};

function restOfLine(cursor: BodyCursor): string {
  return plainText(cursor, cursor.at, cursor.lineEnd(cursor.at));
}

function space(cursor: BodyCursor, expected: string): void {
  if (cursor.bytes[cursor.at] !== SPACE) throw cursor.refuse(cursor.at, expected);
  cursor.at++;
}
