import { labelsKey } from '../../labels/labels-key.js';
import { METRIC_NAME } from '../../labels/labels.js';
import type { Labels } from '../../labels/labels.js';
import type { MetricType } from '../../remote-write/write-batch.js';
import type { BodyCursor } from '../body-cursor.js';
import { METRIC_NAME_BYTE } from '../name-bytes.js';
import type { FamilyComment, FamilyKeyword } from '../family-comment.js';
import type { SampleLine } from '../sample-line.js';
import { exemplarProblem } from './exemplar-problem.js';
import { HistogramPoint } from './histogram-point.js';
import { labelNumber } from './label-number.js';
import { PointOrder } from './point-order.js';
import { SAMPLE_SHAPES } from './sample-shapes.js';
import type { SampleShape } from './sample-shapes.js';
import { VALUE_RULES } from './value-rules.js';

const UNITLESS: ReadonlySet<MetricType> = new Set<MetricType>(['info', 'stateset']);
/** The labels that only some samples of a type may have. */
const RESERVED_LABELS: Partial<Record<MetricType, string>> = { histogram: 'le', gaugehistogram: 'le', summary: 'quantile' };

/** A sample's line with what is known of it. */
interface StrictSample {
  readonly line: SampleLine;
  readonly labels: Labels;
  readonly shape: SampleShape;
}

/** One family while its lines come. All of it throws ExpositionError. */
export class StrictFamily {
  readonly #cursor: BodyCursor;
  readonly #told = new Set<FamilyKeyword>();
  readonly #order = new PointOrder();
  #type: MetricType = 'unknown';
  #unit = '';
  #hasSamples = false;
  #point: HistogramPoint | null = null;
  #pointAt = 0;

  /** `at`: where the body names it first. */
  constructor(
    cursor: BodyCursor,
    readonly name: string,
    readonly at: number,
  ) {
    this.#cursor = cursor;
    if (name.startsWith('_')) throw cursor.refuse(at, 'a family name that does not begin with an underscore, as those are reserved');
  }

  /** The names of samples that the family may have, and its own. */
  get sampleNames(): ReadonlySet<string> {
    return new Set([this.name, ...SAMPLE_SHAPES[this.#type].map(({ suffix }) => this.name + suffix)]);
  }

  shapeOf(sampleName: string): SampleShape | undefined {
    return SAMPLE_SHAPES[this.#type].find(({ suffix }) => sampleName === this.name + suffix);
  }

  comment({ keyword, part, nameAt, textAt }: FamilyComment): void {
    if (this.#hasSamples) throw this.#cursor.refuse(nameAt, `no ${keyword} behind samples of its family`);
    if (this.#told.has(keyword)) throw this.#cursor.refuse(nameAt, `no second ${keyword} of a family`);
    this.#told.add(keyword);
    this.#type = part.type ?? this.#type;
    this.#unit = part.unit ?? this.#unit;
    if (keyword === 'UNIT') this.#checkUnit(textAt);
    if (this.#unit !== '' && UNITLESS.has(this.#type)) throw this.#cursor.refuse(textAt, `no unit, as the family is of type ${this.#type}`);
  }

  sample(sample: StrictSample): void {
    const { line, labels, shape } = sample;
    this.#hasSamples = true;
    const rule = VALUE_RULES[shape.value];
    if (!rule.holds(line.value)) throw this.#cursor.refuse(line.valueAt, rule.expected);
    const number = this.#distinguishingNumber(sample);
    this.#refuseIf(this.#labelsProblem(labels, shape), line.seriesAt);
    if (line.exemplar !== null) this.#refuseIf(exemplarProblem(line.exemplar, shape, number), line.exemplarAt);
    this.#place(sample);
    if (shape.role !== null) this.#addToPoint(sample, number);
    this.#pointAt = line.seriesAt;
  }

  end(): void {
    this.#refuseIf(this.#point?.end(this.#type === 'histogram') ?? null, this.#pointAt);
  }

  #refuseIf(expected: string | null, at: number): void {
    if (expected !== null) throw this.#cursor.refuse(at, expected);
  }

  #checkUnit(at: number): void {
    const end = this.#cursor.lineEnd(at);
    for (let i = at; i < end; i++) if (METRIC_NAME_BYTE[this.#cursor.bytes[i]!] !== 1) throw this.#cursor.refuse(i, 'a unit of the characters that metric names have');
  }

  /** The threshold of a bucket and the rank of a quantile; null where the label is none or not a number. */
  #distinguishingNumber({ line, labels, shape }: StrictSample): number | null {
    if (shape.label === null) return null;
    const text = labels.find(({ name }) => name === this.#labelName(shape))?.value;
    if (text === undefined) throw this.#cursor.refuse(line.seriesAt, `a label ${JSON.stringify(this.#labelName(shape))} at this sample`);
    if (shape.label === 'state') return null;
    const number = labelNumber(text);
    if (number === null || (shape.label === 'quantile' && !(number >= 0 && number <= 1))) {
      throw this.#cursor.refuse(line.seriesAt, shape.label === 'le' ? 'a number, +Inf or -Inf as "le"' : 'a number from 0 to 1 as "quantile"');
    }
    return number;
  }

  #labelName(shape: SampleShape): string | null {
    return shape.label === 'state' ? this.name : shape.label;
  }

  #labelsProblem(labels: Labels, shape: SampleShape): string | null {
    const taken = RESERVED_LABELS[this.#type];
    const wrong = labels.find(({ name }) => (name.startsWith('_') && name !== METRIC_NAME) || (name === taken && shape.label !== taken));
    if (wrong === undefined) return null;
    return wrong.name === taken ? `no label ${JSON.stringify(taken)} at this sample` : 'label names that do not begin with an underscore, as those are reserved';
  }

  #place({ line, labels, shape }: StrictSample): void {
    const own = this.#labelName(shape);
    const metric = labelsKey(labels.filter(({ name }) => name !== METRIC_NAME && name !== own));
    const time = line.timeMs === null ? null : new TextDecoder().decode(this.#cursor.bytes.subarray(line.timeAt, line.timeEnd));
    const placed = this.#order.place({ metric, series: labelsKey(labels), time });
    if (placed.problem !== null) throw this.#cursor.refuse(line.seriesAt, placed.problem);
    if (!placed.isNewPoint) return;
    this.end();
    this.#point = RESERVED_LABELS[this.#type] === 'le' ? new HistogramPoint() : null;
  }

  #addToPoint({ line, shape }: StrictSample, bound: number | null): void {
    const point = this.#point;
    if (point === null || shape.role === null) return;
    this.#refuseIf(shape.role === 'bucket' ? point.bucket(bound ?? NaN, line.value) : point[shape.role](line.value), line.seriesAt);
  }
}
