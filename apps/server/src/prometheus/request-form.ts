type Fields = Readonly<Record<string, unknown>>;

/** The parameters of a request: those of a posted form, then those of the URL. */
export class RequestForm {
  readonly #sources: readonly Fields[];

  constructor(...sources: readonly unknown[]) {
    this.#sources = sources.filter((source): source is Fields => typeof source === 'object' && source !== null);
  }

  /** The first of the name; empty when there is none. */
  value(name: string): string {
    return this.values(name)[0] ?? '';
  }

  values(name: string): readonly string[] {
    return this.#sources.flatMap((source) => (Object.hasOwn(source, name) ? [source[name]].flat().filter((value) => typeof value === 'string') : []));
  }
}
