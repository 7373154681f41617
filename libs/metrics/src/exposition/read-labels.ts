import { compareUtf8 } from '../labels/label-order.js';
import { METRIC_NAME } from '../labels/labels.js';
import type { Label, Labels } from '../labels/labels.js';
import type { BodyCursor } from './body-cursor.js';
import { CLOSE, COMMA, EQUALS, OPEN, QUOTE, isBlank } from './bytes.js';
import type { Dialect } from './dialect.js';
import { LABEL_NAME_BYTE, LABEL_NAME_START, METRIC_NAME_BYTE } from './name-bytes.js';
import { closingQuote, plainText, unescapedText } from './quoted.js';

const MAX_LABELS = 1_000;

/** Reads name and labels of the series that `seriesEnd` found in [from, to). Throws ExpositionError. */
export function readSeriesLabels(cursor: BodyCursor, { from, to }: { readonly from: number; readonly to: number }, dialect: Dialect): Labels {
  const { bytes } = cursor;
  let at = from;
  while (METRIC_NAME_BYTE[bytes[at]!] === 1) at++;
  const reading = new LabelReading(cursor, dialect);
  if (at > from) reading.add(METRIC_NAME, plainText(cursor, from, at), from);
  reading.at = at;
  reading.skipBlanks();
  if (bytes[reading.at] === OPEN) reading.braces({ nameMayCome: at === from });
  else reading.at = at;
  if (reading.at !== to) throw cursor.refuse(reading.at, 'a letter, a digit, "_", ":" or the end of the metric name');
  if (at === from && !reading.hasName) throw cursor.refuse(from, 'a metric name in the braces');
  return reading.labels();
}

/** Reads the labels whose opening brace stands at the cursor, and goes behind them. Throws ExpositionError. */
export function readExemplarLabels(cursor: BodyCursor, dialect: Dialect): Labels {
  const reading = new LabelReading(cursor, dialect);
  reading.at = cursor.at;
  reading.braces({ nameMayCome: false });
  cursor.at = reading.at;
  return reading.labels();
}

interface ReadLabel extends Label {
  readonly at: number;
}

class LabelReading {
  at = 0;
  hasName = false;
  readonly #cursor: BodyCursor;
  readonly #dialect: Dialect;
  readonly #labels: ReadLabel[] = [];
  #isSorted = true;

  constructor(cursor: BodyCursor, dialect: Dialect) {
    this.#cursor = cursor;
    this.#dialect = dialect;
  }

  add(name: string, value: string, at: number): void {
    const last = this.#labels.at(-1);
    if (last !== undefined && compareUtf8(last.name, name) >= 0) this.#isSorted = false;
    if (this.#labels.length === MAX_LABELS) throw this.#cursor.refuse(at, `at most ${MAX_LABELS} labels`);
    this.#labels.push({ name, value, at });
  }

  skipBlanks(): void {
    if (this.#dialect.loose) while (isBlank(this.#cursor.bytes[this.at]!)) this.at++;
  }

  /** `nameMayCome`: the metric's name has not come, and may stand in quotes without a value. */
  braces({ nameMayCome }: { readonly nameMayCome: boolean }): void {
    this.#step();
    let isBehindComma = false;
    while (this.#byte() !== CLOSE) {
      this.#entry(nameMayCome && !this.hasName);
      isBehindComma = this.#comma();
    }
    if (isBehindComma && !this.#dialect.endComma) throw this.#cursor.refuse(this.at, 'a label name');
    this.at++;
  }

  labels(): Labels {
    const labels = this.#labels;
    // Most exposers write them in order, and then none stands twice.
    if (!this.#isSorted) this.#sort(labels);
    return labels.filter(({ value }) => value !== '').map(({ name, value }) => ({ name, value }));
  }

  #sort(labels: ReadLabel[]): void {
    labels.sort((one, other) => compareUtf8(one.name, other.name) || one.at - other.at);
    const again = labels.find(({ name }, i) => i > 0 && labels[i - 1]!.name === name);
    if (again !== undefined) throw this.#cursor.refuse(again.at, `no label ${JSON.stringify(again.name)} again`);
  }

  #byte(): number {
    return this.#cursor.bytes[this.at]!;
  }

  #step(): void {
    this.at++;
    this.skipBlanks();
  }

  #entry(nameMayCome: boolean): void {
    const from = this.at;
    const isQuoted = this.#byte() === QUOTE;
    const name = isQuoted ? this.#quoted() : this.#bareName();
    if (name === '') throw this.#cursor.refuse(from, 'a name that is not empty');
    if (isQuoted && nameMayCome && (this.#byte() === COMMA || this.#byte() === CLOSE)) {
      this.hasName = true;
      this.add(METRIC_NAME, name, from);
      return;
    }
    if (this.#byte() !== EQUALS) throw this.#cursor.refuse(this.at, '"=" behind a label name');
    this.#step();
    if (this.#byte() !== QUOTE) throw this.#cursor.refuse(this.at, 'a label value in quotes');
    this.add(name, this.#quoted(), from);
  }

  /** Whether there was one. */
  #comma(): boolean {
    if (this.#byte() === COMMA) {
      this.#step();
      return true;
    }
    if (this.#byte() !== CLOSE && !this.#dialect.loose) throw this.#cursor.refuse(this.at, '"," or "}"');
    return false;
  }

  #quoted(): string {
    const from = this.at + 1;
    const to = closingQuote(this.#cursor, this.at, this.#dialect);
    this.at = to;
    this.#step();
    return unescapedText(this.#cursor, { from, to });
  }

  #bareName(): string {
    const { bytes } = this.#cursor;
    const from = this.at;
    if (LABEL_NAME_START[bytes[from]!] !== 1) throw this.#cursor.refuse(from, 'a label name');
    while (LABEL_NAME_BYTE[bytes[++this.at]!] === 1);
    const to = this.at;
    this.skipBlanks();
    return plainText(this.#cursor, from, to);
  }
}
