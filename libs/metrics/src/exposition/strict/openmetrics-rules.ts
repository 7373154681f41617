import { METRIC_NAME } from '../../labels/labels.js';
import type { BodyCursor } from '../body-cursor.js';
import type { BodyRules } from '../body-reading.js';
import type { FamilyComment } from '../family-comment.js';
import type { SampleLine } from '../sample-line.js';
import { PLAIN_SAMPLE } from './sample-shapes.js';
import { StrictFamily } from './strict-family.js';

/** What OpenMetrics 1.0 asks of an exposition beyond its grammar ("Data Model", "Text format"). */
export class OpenMetricsRules implements BodyRules {
  readonly #cursor: BodyCursor;
  /** Of the families before, also those that they might have had. */
  readonly #sampleNames = new Set<string>();
  #family: StrictFamily | null = null;

  constructor(cursor: BodyCursor) {
    this.#cursor = cursor;
  }

  comment(comment: FamilyComment): void {
    const family = this.#family?.name === comment.name ? this.#family : this.#begin(comment.name, comment.nameAt);
    family.comment(comment);
  }

  sample(line: SampleLine): void {
    const labels = line.labels();
    const name = labels.find((label) => label.name === METRIC_NAME)?.value ?? '';
    const shape = this.#family?.shapeOf(name);
    if (this.#family !== null && shape !== undefined) this.#family.sample({ line, labels, shape });
    else this.#begin(name, line.seriesAt).sample({ line, labels, shape: PLAIN_SAMPLE });
  }

  end(): void {
    const family = this.#family;
    if (family === null) return;
    family.end();
    for (const name of family.sampleNames) {
      if (this.#sampleNames.has(name)) throw this.#cursor.refuse(family.at, `no name that another family has, or could have as that of a sample: ${JSON.stringify(name)} is one`);
      this.#sampleNames.add(name);
    }
  }

  /** A family without metadata is one of unknown type, whose samples have its name. */
  #begin(name: string, at: number): StrictFamily {
    this.end();
    this.#family = new StrictFamily(this.#cursor, name, at);
    return this.#family;
  }
}
