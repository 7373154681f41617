import type { MetricMetadata, MetricType } from '../remote-write/write-batch.js';
import type { BodyCursor } from './body-cursor.js';
import { QUOTE } from './bytes.js';
import type { Dialect } from './dialect.js';
import type { ExpositionFormat } from './exposition.js';
import { METRIC_NAME_BYTE, METRIC_NAME_START } from './name-bytes.js';
import { closingQuote, plainText, unescapedText } from './quoted.js';

export const FAMILY_KEYWORDS = ['HELP', 'TYPE', 'UNIT'] as const;
export type FamilyKeyword = (typeof FAMILY_KEYWORDS)[number];

/** A line about a family, as the body has it. */
export interface FamilyComment {
  readonly keyword: FamilyKeyword;
  readonly name: string;
  readonly part: Partial<MetricMetadata>;
  /** Where the family's name begins, and what is said of it. */
  readonly nameAt: number;
  readonly textAt: number;
}

const TYPES: Record<ExpositionFormat, ReadonlyMap<string, MetricType>> = {
  'prometheus-text': new Map<string, MetricType>([['counter', 'counter'], ['gauge', 'gauge'], ['histogram', 'histogram'], ['summary', 'summary'], ['untyped', 'unknown']]),
  'openmetrics-text': new Map(
    (['unknown', 'counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'info', 'stateset'] satisfies MetricType[]).map((type) => [type, type]),
  ),
};

/** Whether the keyword's letters stand at `at`. */
export function standsAt(cursor: BodyCursor, keyword: string, at: number): boolean {
  for (let i = 0; i < keyword.length; i++) if (cursor.bytes[at + i] !== keyword.charCodeAt(i)) return false;
  return true;
}

/** Reads the name at the cursor and goes behind it. Throws ExpositionError. */
export function readFamilyName(cursor: BodyCursor, dialect: Dialect): string {
  const { bytes } = cursor;
  const from = cursor.at;
  if (bytes[from] === QUOTE) {
    const to = closingQuote(cursor, from, dialect);
    if (to === from + 1) throw cursor.refuse(from, 'a metric name that is not empty');
    cursor.at = to + 1;
    return unescapedText(cursor, { from: from + 1, to });
  }
  if (METRIC_NAME_START[bytes[from]!] !== 1) throw cursor.refuse(from, 'a metric name');
  let at = from + 1;
  while (METRIC_NAME_BYTE[bytes[at]!] === 1) at++;
  cursor.at = at;
  return plainText(cursor, from, at);
}

export function familyType(cursor: BodyCursor, at: number, { format, text }: { readonly format: ExpositionFormat; readonly text: string }): MetricType {
  const type = TYPES[format].get(text);
  if (type === undefined) throw cursor.refuse(at, `one of the types ${[...TYPES[format].keys()].join(', ')}`);
  return type;
}
