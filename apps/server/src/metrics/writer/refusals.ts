/** What cannot be kept, and why not. `tooMany` is for limits on how much there may be: it is no fault of the sample. */
export const REFUSAL_KINDS = ['labels', 'tooMany', 'tooOld', 'tooNew', 'conflict', 'malformed'] as const;
export type RefusalKind = (typeof REFUSAL_KINDS)[number];

export interface Refusal {
  readonly kind: RefusalKind;
  readonly reason: string;
  readonly count: number;
}

/** Counts by kind and keeps the first reason of each, so that a hostile request does not get a long answer. */
export class Refusals {
  readonly #first = new Map<RefusalKind, { readonly reason: string; count: number }>();

  add(kind: RefusalKind, reason: () => string, count = 1): void {
    const known = this.#first.get(kind);
    if (known === undefined) this.#first.set(kind, { reason: reason(), count });
    else known.count += count;
  }

  list(): Refusal[] {
    return [...this.#first].map(([kind, { reason, count }]) => ({ kind, reason, count }));
  }
}
