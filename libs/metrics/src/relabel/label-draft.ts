import { compareUtf8 } from '../labels/label-order.js';
import type { Labels } from '../labels/labels.js';

/** Labels while rules change them. They are walked in Prometheus' order, because of two that `labelmap` gives one name the last stays: those untouched, then those set. */
export class LabelDraft {
  readonly #values: Map<string, string>;
  readonly #set = new Set<string>();

  constructor(labels: Labels) {
    this.#values = new Map(labels.map(({ name, value }) => [name, value]));
  }

  /** Empty when there is none. */
  get(name: string): string {
    return this.#values.get(name) ?? '';
  }

  /** An empty value removes the label. */
  set(name: string, value: string): void {
    if (value === '') return this.delete(name);
    if (!this.#set.has(name)) this.#values.delete(name);
    this.#set.add(name);
    this.#values.set(name, value);
  }

  delete(name: string): void {
    this.#values.delete(name);
    this.#set.delete(name);
  }

  /** As they are now, whatever is changed meanwhile. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#values];
  }

  finish(): Labels {
    return [...this.#values].map(([name, value]) => ({ name, value })).sort((one, other) => compareUtf8(one.name, other.name));
  }
}
