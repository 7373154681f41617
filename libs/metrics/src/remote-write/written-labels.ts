import { compareUtf8 } from '../labels/label-order.js';
import { METRIC_NAME } from '../labels/labels.js';
import type { Label, Labels } from '../labels/labels.js';
import { MAX_LABELS } from './write-limits.js';

export type CheckedLabels = { readonly labels: Labels; readonly problem: null } | { readonly labels: null; readonly problem: string };

/**
 * Collects labels as a message has them and checks what the specifications ask of senders ("Labels"): sorted by name, each once, with a name and, for a series,
 * the metric's name among them. Empty values are dropped, as they mean the same as no label.
 */
export class WrittenLabels {
  readonly #labels: Label[] = [];
  #lastName = '';
  /** Of `part`: the name whose value has not come. */
  #openName: { readonly name: string | null } | null = null;
  #problem: string | null = null;

  get ok(): boolean {
    return this.#problem === null;
  }

  /** Null stands for bytes that are not UTF-8. */
  add(name: string | null, value: string | null): void {
    this.#problem ??= this.#check(name, value);
    if (name === null || value === null || this.#problem !== null) return;
    this.#lastName = name;
    if (value !== '') this.#labels.push({ name, value });
  }

  /** A name, its value, the next name and so on. */
  part(text: string | null): void {
    if (this.#openName === null) this.#openName = { name: text };
    else {
      this.add(this.#openName.name, text);
      this.#openName = null;
    }
  }

  refuse(problem: string): void {
    this.#problem ??= problem;
  }

  ofSeries(): CheckedLabels {
    if (this.#problem === null && !this.#labels.some(({ name }) => name === METRIC_NAME)) this.#problem = `there is no label ${METRIC_NAME}`;
    return this.ofExemplar();
  }

  ofExemplar(): CheckedLabels {
    if (this.#openName !== null) this.refuse('its labels are references that are no pairs');
    return this.#problem === null ? { labels: this.#labels, problem: null } : { labels: null, problem: this.#problem };
  }

  #check(name: string | null, value: string | null): string | null {
    if (name === null) return 'a label name is not valid UTF-8';
    if (name === '') return 'a label has an empty name';
    if (value === null) return `the value of the label ${JSON.stringify(name)} is not valid UTF-8`;
    const order = compareUtf8(this.#lastName, name);
    if (order === 0) return `the label ${JSON.stringify(name)} stands twice`;
    if (order > 0) return `the labels are not sorted: ${JSON.stringify(name)} stands behind ${JSON.stringify(this.#lastName)}`;
    return this.#labels.length === MAX_LABELS ? `there are more than ${MAX_LABELS} labels` : null;
  }
}
